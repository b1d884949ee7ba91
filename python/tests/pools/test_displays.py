"""Objects that show themselves: HTML, images, figures of matplotlib, tables of pandas."""

import base64
import json
import struct

import pytest

PNG = b"\x89PNG\r\n\x1a\n"


def size_of(picture):
    data = base64.b64decode(picture)
    assert data.startswith(PNG)
    return struct.unpack(">II", data[16:24])


def test_objects_with_forms_of_their_own(dialect):
    source = """
class All:
    def __repr__(self): return 'plain'
    def _repr_html_(self): return '<b>é</b>'
    def _repr_markdown_(self): return '**m**'
    def _repr_svg_(self): return '<svg/>'
    def _repr_png_(self): return b'\\x89PNG', {'width': 1}
    def _repr_json_(self): return {'a': [1]}
    def _repr_latex_(self): return None
print('before')
display(All())
print('after')
"""
    run = dialect.execute(source)
    assert [event["event"] for event in run.events] == ["output", "display", "output"]
    assert run.displays == [
        {
            "text/plain": "plain",
            "text/html": "<b>é</b>",
            "text/markdown": "**m**",
            "image/svg+xml": "<svg/>",
            "image/png": base64.b64encode(b"\x89PNG").decode(),
            "application/json": json.dumps({"a": [1]}, separators=(",", ":")),
        }
    ]


def test_everything_can_be_displayed(dialect):
    run = dialect.execute("display(1, 'two', None)")
    assert run.displays == [{"text/plain": "1"}, {"text/plain": "'two'"}, {"text/plain": "None"}]


def test_a_result_with_forms_is_displayed_too(dialect):
    source = "class Page:\n    def __repr__(self): return 'page'\n    def _repr_html_(self): return '<p>'\nPage()"
    run = dialect.execute(source)
    assert run.events == [
        {"event": "display", "data": {"text/plain": "page", "text/html": "<p>"}, "isResult": True},
    ]
    assert (run.reply["typeName"], run.reply["repr"]) == ("__main__.Page", "page")
    # A class is none of its objects.
    assert dialect.execute(source.replace("Page()", "Page")).events == []


def test_a_bundle_of_forms(dialect):
    source = """
class Chart:
    def _repr_mimebundle_(self, include=None, exclude=None):
        return {'application/vnd.x+json': {'n': 1}, 'text/plain': 'hidden', 'text/html': '<i>'}, {}
    def __repr__(self): return 'chart'
display(Chart())
"""
    assert dialect.execute(source).displays == [
        {"text/plain": "chart", "application/vnd.x+json": '{"n":1}', "text/html": "<i>"}
    ]


def test_forms_that_fail_are_left_out(dialect):
    source = """
class Broken:
    def __repr__(self): raise ValueError('repr')
    def _repr_html_(self): raise ValueError('html')
    def _repr_json_(self): return {1: object()}
    def _repr_png_(self): return 5
    def __getattr__(self, name): raise RuntimeError
class Anything:
    def __getattr__(self, name): return self
    def __call__(self, *a, **k): return 'called'
    def __repr__(self): return 'anything'
display(Broken(), Anything())
"""
    run = dialect.execute(source)
    assert run.displays == [
        {"text/plain": "<__main__.Broken object; its repr raised ValueError>"},
        {"text/plain": "anything"},
    ]
    assert run.text("stderr") == "_repr_html_ of a Broken raised ValueError: html\n"


PLOT = "import matplotlib.pyplot as plt\nplt.figure(figsize=(4, 3), dpi=50)\nplt.plot([1, 3, 2])\n"


@pytest.fixture
def plotting(numpy_client):
    if not numpy_client.value("__import__('importlib.util').util.find_spec('matplotlib') is not None"):
        pytest.skip("no matplotlib")
    return numpy_client


def test_open_figures_are_shown_at_the_end_and_closed(plotting):
    run = plotting.execute(f"{PLOT}print('drawn')\n{PLOT}5")
    assert [event["event"] for event in run.events] == ["output", "display", "display"]
    for data in run.displays:
        assert data["text/plain"] == "<Figure size 200x150 with 1 Axes>"
        width, height = size_of(data["image/png"])
        assert 100 < width <= 220 and 70 < height <= 170
    assert run.value == 5
    assert plotting.execute("import matplotlib.pyplot as plt\nplt.get_fignums()").reply["value"] == []


def test_show_shows_in_its_place(plotting):
    run = plotting.execute(f"{PLOT}plt.show()\nprint('after')\nplt.show()")
    assert [event["event"] for event in run.events] == ["display", "output"]
    assert run.text("stderr") == ""


def test_a_figure_is_not_shown_twice(plotting):
    assert len(plotting.execute(f"{PLOT}plt.gcf()").displays) == 1
    assert len(plotting.execute(f"{PLOT}display(plt.gcf())\n1").displays) == 1
    changed = plotting.execute(f"{PLOT}display(plt.gcf())\nplt.plot([3, 1])\n1").displays
    assert len(changed) == 2
    assert changed[0]["image/png"] != changed[1]["image/png"]


def test_a_figure_of_code_that_fails_is_shown(plotting):
    run = plotting.execute(f"{PLOT}1 / 0")
    assert len(run.displays) == 1
    assert run.reply["details"]["line"] == 4


def test_figures_of_others_are_left_alone(plotting):
    assert plotting.value("import matplotlib.pyplot as plt\nplt.figure(77)\nplt.get_fignums()") == [77]
    assert plotting.execute("1").events == []
    assert plotting.value("import matplotlib.pyplot as plt\nopen = plt.get_fignums()\nplt.close(77)\nopen") == [77]


def test_the_user_chooses_how_to_draw(plotting):
    assert plotting.execute("import matplotlib\nmatplotlib.get_backend().lower()").value == "agg"
    run = plotting.execute(f"import matplotlib\nmatplotlib.use('svg')\n{PLOT}matplotlib.get_backend().lower()")
    assert run.value == "svg"
    plotting.execute("import matplotlib\nmatplotlib.use('agg')")


def test_cancelled_code_leaves_no_figure_open(plotting):
    running = plotting.send("execute", code=f"{PLOT}print('drawn', flush=True)\nwhile True: pass")
    assert plotting.receive()["text"] == "drawn\n"
    plotting.send("cancel", requestId=running)
    assert {plotting.receive().get("code") for _ in range(2)} == {"CANCELLED", None}
    assert plotting.value("import matplotlib.pyplot as plt\nplt.get_fignums()") == []


def test_tables_of_pandas(numpy_client):
    if not numpy_client.value("__import__('importlib.util').util.find_spec('pandas') is not None"):
        pytest.skip("no pandas")
    run = numpy_client.execute("import pandas\npandas.DataFrame({'a': [1, 2], 'b': ['x', '<']})")
    (data,) = run.displays
    assert "<table" in data["text/html"] and "&lt;" in data["text/html"]
    assert data["text/plain"] == run.reply["repr"] == "   a  b\n0  1  x\n1  2  <"
    assert run.reply["typeName"].endswith("DataFrame")
