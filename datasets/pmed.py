"""OR-Library p-median problems 1-40 (Beasley 1985), with their known optima.

Each file is a graph: ``n edges p``, then one line ``i j cost`` per edge, vertices from 1. The OR-Library
says: set c(i,j) = c(j,i) = cost for every line in turn, so for an edge that is repeated the last cost counts
(every file has such edges; with the smallest cost 38 of the 40 problems would have solutions below the listed
optimum). The distances are the shortest paths.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kmedoids_bench.datasets.dataset import Dataset, File

if TYPE_CHECKING:
    from scipy.sparse import csr_array

FOLDER = "http://people.brunel.ac.uk/~mastjjb/jeb/orlib/files/"


def load(paths: tuple[Path, ...]) -> "csr_array":
    """Graph, (n, n) of float64, symmetric, costs of the edges; ValueError if the file is not of this form."""
    from scipy.sparse import csr_array

    numbers = np.array(paths[0].read_text(encoding="ascii").split(), dtype=np.int64)
    n, edges = numbers[:2]
    if numbers.size != 3 + 3 * edges:
        raise ValueError(f"{paths[0]}: {(numbers.size - 3) / 3:g} edges, but the header says {edges}")
    cost: dict[tuple[int, int], int] = {}
    for i, j, c in numbers[3:].reshape(-1, 3).tolist():
        cost[min(i, j) - 1, max(i, j) - 1] = c  # the last cost counts
    ends = np.array(list(cost))
    there_and_back = np.vstack([ends, ends[:, ::-1]])
    costs = np.tile(np.array(list(cost.values()), dtype=np.float64), 2)
    return csr_array((costs, there_and_back.T), shape=(n, n))


# n, k (called p there), edges, optimum, bytes, sha256; the optima are the OR-Library's pmedopt.txt
PROBLEMS = (
    (100, 5, 200, 5819, 2159, "31d18cd12703580dad2429ab91ba640f6197e3af0fac366240884e76b33edf3a"),
    (100, 10, 200, 4093, 2164, "cf3327037f8f60d2207275a20c094d3ccd0d0bda92b918494e205f3857e55c26"),
    (100, 10, 200, 4250, 2168, "e2aaee0b5a9814baeee2946d4e52ca49f285fad1535e5b9b5b7f48876a5f2930"),
    (100, 20, 200, 3034, 2165, "1fc970b17b52c5abd6d7f393ed7e7fa8d5f5f01dd49d3cb1770ee21e41821e18"),
    (100, 33, 200, 1355, 2159, "e97fb7dca5f9cff2662746f7931f99a1ae1dc59b74d622019eaef61ff644fc2d"),
    (200, 5, 800, 7824, 9494, "f0a2e1b40b21f43bf34eaf7b400c6d6f89be50214d9c51d30720e92fc14ea308"),
    (200, 10, 800, 5631, 9484, "29211d102978f8458564fa9104f93035d39fccd4baa8626ffe16aac98e45cf73"),
    (200, 20, 800, 4445, 9514, "f1c2d7fffae2854b95d7c9a8248d188fa113ccb6ca10847b8e3eea770bf2470f"),
    (200, 40, 800, 2734, 9457, "6525a70e683c5b18844112f1ebafd3d112f58b6a2e034647f29c78791f8aed3c"),
    (200, 67, 800, 1255, 9449, "d4e04cf8c8130647eb172cafc85eca3d3dcb2dcc391a56e09a0b9f7f12fb8595"),
    (300, 5, 1800, 7696, 21966, "3e6b3a68bab766f2905594141aad1aaf6e677098a7883f45724e2ace27ca09f3"),
    (300, 10, 1800, 6634, 21958, "a615bb53ebcd5349caae85691ef5fde2df18d0dcfa5e042cd01e9dcdc1434cf1"),
    (300, 30, 1800, 4374, 21940, "aeb09dc827f0df5912b43c58df780322b59ef0517d831050bbc1e58762b28ce4"),
    (300, 60, 1800, 2968, 22002, "1b8555432c5358bde35fa1bb059993d83a8533807783481ac2ad0ae106fe2c63"),
    (300, 100, 1800, 1729, 21997, "18d7deeabe27d0ec9246283379ac01654b3419136d59bf0dcdc2b016d4e96724"),
    (400, 5, 3200, 8162, 39631, "02b00e39f042dd282f5ff290e09b612811d536e5dacaa131d17284126a3e85c4"),
    (400, 10, 3200, 6999, 39644, "6f7f1255371888e0722e6bbb7ae08bdaa592c15304cf2dfc1b371f5cf04bab6c"),
    (400, 40, 3200, 4809, 39632, "40a34f9a66782f28451f4f2db418f79164aa621f0d319085a02ebe556c5bab3f"),
    (400, 80, 3200, 2845, 39626, "4a4007d8e468499312350da2c1c1bfb9b100e9f42d78a93ae5e3427373895d1b"),
    (400, 133, 3200, 1789, 39630, "ddf30dbad6a390469d15bd05717c5e21f159f98851f664dbe9f0ec78504cf035"),
    (500, 5, 5000, 9138, 62380, "400cb66540a4308bb636ac72456ea4938a50eb5d11c89a4125d9dd957fb78571"),
    (500, 10, 5000, 8579, 62431, "1d77f99adfd139e00ba23938f2dc02c33f0ec5a5daa38d8fc4655eeb6a70876e"),
    (500, 50, 5000, 4619, 62457, "dd4bd5e125821569dd18beb248ecc282275e50763fd7709019a1ada3dd715000"),
    (500, 100, 5000, 2961, 62395, "ab53fad00b1815e5be97fd07e11750c1aa2bbdad30b6a9739ae46c25bbb44d61"),
    (500, 167, 5000, 1828, 62459, "1b71ef22f832a2ad9b88b903958586ca0c66a5eadfc25a6ad1d524d9e72d562b"),
    (600, 5, 7200, 9917, 90425, "951721fc56b22ae2263aa102abeea8488e3918928c9ce741bbb6226d6432a080"),
    (600, 10, 7200, 8307, 90431, "40752239c6d3dd49040559ff473129f3d2b708de1b996a39142bf2c60d45e0d4"),
    (600, 60, 7200, 4498, 90391, "138e88b0912ba643cb837e2dc89a85868a3dfb2b7435f6e9e60ffbdc5f02949d"),
    (600, 120, 7200, 3033, 90447, "301cea1f3668b7a45ed5a965366a54682382ca8d18915a6bc2e3c2e92dc21085"),
    (600, 200, 7200, 1989, 90436, "8d46543da866b5c266e98f786954d6134a76be42801691496a9d8bbfff52d3c1"),
    (700, 5, 9800, 10086, 123538, "e33ad4c7ea1c25c3fe58c5eccc0c0c65e1f085354737435b2a6218c7bc66debb"),
    (700, 10, 9800, 9297, 123666, "88101a4c42445f9a7cd209460416fb81643802f89731e07c4fd51f28cd09416f"),
    (700, 70, 9800, 4700, 123606, "9e42f9d50d137759735a86c68a3b9b7b6fe16f14c6da5e16311ce15fb5793b0e"),
    (700, 140, 9800, 3013, 123570, "4d5ee91bc786685d223dd9a03a1e8debbddc321f6c951989ef2ac0f6590b1dac"),
    (800, 5, 12800, 10400, 161837, "74de37ca5ff67b581dfef10cf7e3e5e01adf19d874a4a2e80fd431d98b79b913"),
    (800, 10, 12800, 9934, 162033, "04b54310893f5b9d5370aaf138d34111897b65f31a072d71e6d4f5f61f00d9c0"),
    (800, 80, 12800, 5057, 162056, "0cca0db623e99482e52ce0ad91520ac257fe5c3377707afb8f90349d589fbbb2"),
    (900, 5, 16200, 11060, 205322, "2ce983f05d3f0f055fa884b41a85a2ba9711dfdbcde26472f41b44c568dd9cfe"),
    (900, 10, 16200, 9423, 205332, "7a979e9aa1a807a386ca9fa2093bfc7ddedfb280e88f06170e5defe7cf1ad06c"),
    (900, 90, 16200, 5128, 205544, "da79491cbb797eef79b4014fae77bfbd9429204cc09ec1f2b692b3e142096887"),
)

# sha256 of the same text with CRLF, in which it is in circulation too
CRLF = (
    "21d0e89c1f094326edfde2b9c76b6bfb24c816239addf303cb504a06dba2a6f4",
    "d000ae5a62f7d87b2015424526bccd4a52454eedce73e5e6a705d66f1b11a4cd",
    "18fa4410d968f5651bce306c799d797e11061849ad9830caee029de68bf63da3",
    "79288c2ada4b45c84c91992e4ee1993a0ba71fa9c56f89107b28acabfd218d0a",
    "a82ac4880e7dbe02d488e81945d3e5777e09a95a4cefb0a40256867c0cd4f1b0",
    "aee0f1ea791ea0e106b8be27858925d66cde2416ed178ed7abe4ebf9955722bd",
    "3146150427d7b91c2b4107bed5f4b2b064051cc77fa5afdcdeab9f044f0664a5",
    "eb82d87ce4fc73159ab682a0a5aba71df7c61930f8e5214ad87e73138e34f07f",
    "006bc5c9376892903121b731a7baa846a7c93e9b469f68420971ee507c521750",
    "277a6c5e5f841bdaf5bf47129b70445ba6b467328271d3776e636a316a6b1077",
    "98b1eb1854f8003beafda9a9b8c82feca68d06d5e1d0a8847437bbf676082904",
    "ae8d54caa43a4b4d6522e2794bcacd7f3423c09b99f7bf49eb3e6c75942113f3",
    "ebb6ab144800234f8fa811960ce68408d950597d93ab0569ee19d0477c2035fc",
    "3db07f262bceaefc42d44c8b2b16b37920e9891beb54d3825a411819be93c466",
    "fd314df975c81f2c2279929ae0aee634a0acb5c8e638249cce66b58fe4d45b43",
    "18a1715a8f4c47e3091ae5ed95955e3fc3c1a704766baa490a962de47bf6b199",
    "9dafe70f4f5723ea61df7858ce6ac3d125b3927c8a24ffd32caf82f0c9567444",
    "c2d2ae607edfdd812d860bc1f115e66e62a43a2f99076fe9588d0b2f595c6b81",
    "d2047e7fb3d08dc2cbd5f38578de6d7e1935962dd8496d70a9a0ac7b0fefbaa5",
    "3f5b0fc3d82a91b28a51e7833b5b83be6160d82d6806beba569eddd2ec90adda",
    "488280c7e086128a492d63bd880e8937bd7b0dbe6c523cd8703098387224061d",
    "3395b59e5521fa175e413edc01c93fa66d7d8f0783698f145056baa262e2c4c3",
    "225a5f4a4d64d5d5df20de2b1fc53d7da44eef9c7544ed70859edd2012e5fb6c",
    "16b0f2bbe58f8a1671b09801241dad2a350d5516d0ba4885fd97d89d8b95de0e",
    "41ce7090fb02404b0634c675428a0a574677a5e3c1eaa87d2ebf8d831af41160",
    "007530ce797e050baee471c100999279ef4e9421a2f89632ef71de9532381dc3",
    "625e90b6c4f3ec74127a62cfe73c1033c902592ae9523f977698cf38127c5195",
    "ed4bd4d26d19a5dbd48037c0433d3727fcb3b6d52242772cdfaacb8622a14a32",
    "79917f8ce2fcb1bdd0dc948b58d0f69a62ca57b566bed1321d2a8f39fedccf71",
    "ffd7b9843f414c1577de8f83dcf09f71aaf8f264617a1f8bee5a76350504891c",
    "bcd53a8a884988dbc5fc53f0505d0e6575a94b85d03efbc488457407e3e1e678",
    "aac56e07edc990cc32c5fdec725c0304529dfe167467481fd17a608bf9ca74ab",
    "7596b58e6498c8c866759e9c8dc81b30f0ff22b11e04643734500455b7285be3",
    "42fe8c35f1a3e9c47ec9d0d315a3abda2c138ef5965679dd2dc08a8c215ec22d",
    "874d78292ea3b9d6e1ba9d24479b639d532034346a22d7292c59b1c7c56d1bc8",
    "73cabf9a308e0a79292aaee96385052c51f422377751d3ba4d57f9285918dfb0",
    "da8058be9095394f116d8a317020f947a34ad10f300fb89a780cf70ee72be094",
    "5751feda458afb169e694fb184136d3bdf961da561f143016bd8725df71b2861",
    "a072082ed40b5eee1200844ec7e81d63aab157ae263e73d25e46aa7a6e9caaae",
    "f989e2dc91e1cc3c5d06dc4c2c34bf845b7ebff9b2b6ba864b8d40f87a1811bc",
)


def _pmed(number: int) -> Dataset:
    n, k, edges, optimum, size, sha256 = PROBLEMS[number - 1]
    name = f"pmed{number}"
    return Dataset(
        name=name,
        title=f"OR-Library p-median problem {number}",
        n=n,
        kind="graph",
        metric="shortest_path",
        files=(
            File(
                folder="pmed",
                name=f"{name}.txt",
                addresses=(f"{FOLDER}{name}.txt",),
                sha256=(sha256, CRLF[number - 1]),
                size=size,
            ),
        ),
        load=load,
        licence="OR-Library (J. E. Beasley): free to use, terms on its legal page",
        citation=(
            "J. E. Beasley: A note on solving large p-median problems. "
            "European Journal of Operational Research 21, 1985. doi:10.1016/0377-2217(85)90040-2"
        ),
        homepage="http://people.brunel.ac.uk/~mastjjb/jeb/orlib/pmedinfo.html",
        facts={"k": k, "edges": edges, "optimum": optimum},
    )


DATASETS = tuple(_pmed(number) for number in range(1, len(PROBLEMS) + 1))
