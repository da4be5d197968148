import xml.etree.ElementTree as ET

import numpy as np

from kmedoids_bench.algorithms.core.picture import LEFT, MOST, WIDTH, picture

SVG = "{http://www.w3.org/2000/svg}"


def words(svg):
    return [element.text for element in svg.iter(f"{SVG}text")]


def test_medoids_and_sizes_the_largest_first():
    svg = ET.fromstring(picture(np.array([7, 3, 5]), np.array([10, 40, 10]), "k = 3"))
    assert words(svg) == ["k = 3", "medoid 3", "40", "medoid 7", "10", "medoid 5", "10"]
    bars = list(svg.iter(f"{SVG}rect"))
    assert [float(bar.get("width")) for bar in bars] == [WIDTH, WIDTH / 4, WIDTH / 4]
    assert {bar.get("x") for bar in bars} == {str(LEFT)}
    bottom = max(float(bar.get("y")) + float(bar.get("height")) for bar in bars)
    assert bottom <= float(svg.get("height"))


def test_many_clusters_are_counted_and_not_drawn():
    sizes = np.arange(1, MOST + 4)
    svg = ET.fromstring(picture(np.arange(len(sizes)), sizes, "many"))
    assert len(list(svg.iter(f"{SVG}rect"))) == MOST
    assert words(svg)[-1] == "and 3 more clusters"
    assert float(list(svg.iter(f"{SVG}text"))[-1].get("y")) <= float(svg.get("height"))
    one_more = ET.fromstring(picture(np.arange(MOST + 1), np.ones(MOST + 1), "one more"))
    assert words(one_more)[-1] == "and 1 more cluster"
