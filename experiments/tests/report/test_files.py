import jinja2
import pytest

from kmedoids_bench.experiments.report.files import rendered


def test_a_template_that_lacks_a_value_is_an_error():
    with pytest.raises(jinja2.UndefinedError):
        rendered("page.html.j2")
