"""Tables of documents: every row and column comes back, the table's own way of writing kept."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import batches
from translate import batch
from translate.batch import Shape
from translate.batch.tables import QA, Columns, rows, write
from translate.errors import InputError

COLUMNS = Columns(("body",), "id", "ar")
_CELL = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=20)


def _values(row) -> dict[str, object]:
    if row.fault:
        return dict(zip(COLUMNS.new, ("", "set aside", 0, 0, 0, 0, 0, [], row.fault), strict=True))
    return dict(zip(COLUMNS.new, (row.texts[0].upper(), "done", 1, 2, 0, 0, 0, [], ""), strict=True))


def _round(tmp_path: Path, name: str, data: bytes, shape: Shape = Shape.CSV) -> tuple[list, bytes]:
    path = tmp_path / name
    path.write_bytes(data)
    found = list(rows(path, shape, COLUMNS))
    out = io.BytesIO()
    write(path, shape, COLUMNS, _values, out)
    return found, out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("a.csv", b"id,body,n\n1,big house,x\n", "1,big house,x,BIG HOUSE,done,1,2,0,0,0,[],"),
        ("a.csv", b"id;body;n\r\n1;big, house;x\r\n", "1;big, house;x;BIG, HOUSE;done;1;2;0;0;0;[];"),
        ("a.tsv", b"id\tbody\tn\n1\tbig\tx\n", "1\tbig\tx\tBIG\tdone\t1\t2\t0\t0\t0\t[]\t"),
        ("a.csv", b"id|body|n\n1|big|x\n", "1|big|x|BIG|done|1|2|0|0|0|[]|"),
        ("a.csv", b'"id","body"\n"1","big"\n', '"1","big","BIG","done","1","2","0","0","0","[]",""'),
        ("a.csv", b'id,body\n1,"a ""big"" one"\n', '1,"a ""big"" one","A ""BIG"" ONE",done,1,2,0,0,0,[],'),
        ("a.csv", b'id,body\n1,"two\nlines"\n', '1,"two\nlines","TWO\nLINES",done,1,2,0,0,0,[],'),
        ("a.csv", "id,body\n1,café\n".encode("cp1252"), "1,café,CAFÉ,done,1,2,0,0,0,[],"),
        ("a.csv", "id,body\n1,كتاب\n".encode(), "1,كتاب,كتاب,done,1,2,0,0,0,[],"),
    ],
)
def test_a_table_keeps_its_dialect(tmp_path, name, data, line):
    _, out = _round(tmp_path, name, data)
    ending = "\r\n" if b"\r\n" in data else "\n"
    text = out.decode("utf-8-sig")
    assert line + ending in text
    assert text.count("\r\n") == (text.count("\n") if ending == "\r\n" else 0)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-be-mark"])
def test_a_table_keeps_its_encoding(tmp_path, encoding):
    text = "id,body\n1,كتاب\n2,big\n"
    data = b"\xfe\xff" + text.encode("utf-16-be") if encoding == "utf-16-be-mark" else text.encode(encoding)
    found, out = _round(tmp_path, "a.csv", data)
    assert [row.texts[0] for row in found] == ["كتاب", "big"]
    read = out.decode("utf-16" if "utf-16" in encoding else encoding)
    assert read.count("\ufeff") == 0
    assert "2,big,BIG" in read


@pytest.mark.parametrize(
    ("body", "faults", "keys"),
    [
        ("1,a\n2,b,c,d\n3,e\n", {"row 2": "4 fields"}, ["1", "row 2", "3"]),
        ("1,a\n2\n3,e\n", {"row 2": "1 fields"}, ["1", "row 2", "3"]),
        ('1,"a"b\n2,c\n', {"row 1": "is no row"}, ["row 1", "2"]),
        ('1,a\n2,"never closed\n3,c\n4,d\n', {"row 2": "is no row"}, ["1", "row 2", "3", "4"]),
        ("1,a\n\n1,b\n1,c\n", {}, ["1", "1 (2)", "1 (3)"]),
    ],
)
def test_a_row_that_cannot_be_read_is_alone_set_aside(tmp_path, body, faults, keys):
    found, out = _round(tmp_path, "a.csv", f"id,body\n{body}".encode())
    assert [row.key for row in found] == keys
    assert {row.key for row in found if row.fault} == set(faults)
    for row in found:
        assert faults.get(row.key, "") in row.fault
    read = list(csv.reader(io.StringIO(out.decode())))
    assert len(read) == len(found) + 1
    assert {len(one) for one in read} == {2 + len(COLUMNS.new)}


def test_bytes_that_are_no_text_are_that_rows_fault_alone_and_come_back(tmp_path):
    good = "".join(f"{i},this is café {i}\n" for i in range(3, 40))
    found, out = _round(tmp_path, "a.csv", b"id,body\n1,caf\xe9 here\n" + good.encode())
    assert [bool(row.fault) for row in found][:2] == [True, False]
    assert b"caf\xe9 here" in out


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"id,text\n1,a\n", "no column body; it has id, text"),
        (b"id,body,body_ar\n1,a,b\n", "body_ar already"),
        (b"", "no line that names"),
    ],
)
def test_a_table_without_the_columns_is_refused(tmp_path, data, why):
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    with pytest.raises(InputError, match=why):
        list(rows(path, Shape.CSV, COLUMNS))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_CELL, _CELL, _CELL), min_size=1, max_size=6), st.sampled_from([",", ";", "\t", "|"]))
def test_all_that_a_table_had_comes_back(tmp_path_factory, table, delimiter):
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([("id", "body", "more"), *table])
    path = tmp_path_factory.mktemp("t") / "a.csv"
    path.write_bytes(text.getvalue().encode())
    out = io.BytesIO()
    write(path, Shape.CSV, COLUMNS, _values, out)
    read = list(csv.reader(io.StringIO(out.getvalue().decode(), newline=""), delimiter=delimiter))
    assert read[0] == ["id", "body", "more", *COLUMNS.new]
    assert [tuple(one[:3]) for one in read[1:]] == table


def test_json_lines_keep_unknown_fields_and_their_order(tmp_path):
    data = '{"z": [1, {"a": null}], "id": 7, "body": "big", "é": 1.5}\n\nno\n[1]\n{"id": 2, "body": 5}\n{"body": "x"}\n'
    found, out = _round(tmp_path, "a.jsonl", data.encode(), Shape.JSONL)
    read = [json.loads(line) for line in out.decode().splitlines()]
    assert list(read[0])[:5] == ["z", "id", "body", "é", "body_ar"]
    assert read[0]["z"] == [1, {"a": None}]
    assert read[0]["qa_issues"] == []
    assert [bool(row.fault) for row in found] == [False, True, True, True, True]
    assert read[1]["line"] == "no"
    assert read[3]["body"] == 5


def test_parquet_keeps_its_types(tmp_path):
    arrow = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra parquet is not installed")
    table = arrow.table({"id": [1, 2], "body": ["big", None], "when": arrow.array([1, 2], arrow.timestamp("ms"))})
    parquet.write_table(table, tmp_path / "a.parquet")
    out = io.BytesIO()
    write(tmp_path / "a.parquet", Shape.PARQUET, COLUMNS, _values, out)
    read = parquet.read_table(io.BytesIO(out.getvalue()))
    assert read.column_names == ["id", "body", "when", *COLUMNS.new]
    assert read.schema.field("when").type == arrow.timestamp("ms")
    assert read["body_ar"].to_pylist() == ["BIG", ""]
    assert read["qa_words"].to_pylist() == [2, 2]


def test_a_table_is_translated_row_by_row_and_only_what_changed_again(tmp_path):
    translator = batches.tiny()
    path, out, seen = tmp_path / "t.csv", tmp_path / "out", []

    def run(lines: list[str]) -> batch.Totals:
        path.write_text("id,title,body\n" + "".join(f"{line}\n" for line in lines), encoding="utf-8")
        seen.clear()
        asked = batches.asked(path, out, columns=("body", "title"), id_column="id", shard_size=2)
        return batch.run(asked, lambda: translator, tell=seen.append)

    lines = ["1,Good book,The house is big.", "2,,A man.", "3,77,5", "4,too,many,fields"]
    first = run(lines)
    assert (first.done, first.aside) == (3, 1)
    with (out / "t.csv").open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    assert read[0]["body_ar"] == translator.translate("The house is big.").text
    assert read[0]["title_ar"] == translator.translate("Good book").text
    assert (read[1]["title_ar"], read[2]["title_ar"], read[2]["body_ar"]) == ("", "77", "5")
    assert [one["qa_state"] for one in read] == ["done", "done", "done", "set aside"]
    assert list(read[0])[-len(QA) :] == list(QA)

    again = run([lines[0], "2,,A woman.", *lines[3:], "5,,The city."])
    assert [event.data["key"] for event in seen if event.what == "document"] == ["t.csv#2", "t.csv#5"]
    assert again.done == 2
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert sorted(one["key"] for one in report["documents"]) == ["t.csv#1", "t.csv#2", "t.csv#5", "t.csv#row 3"]
    assert run([lines[0], "2,,A woman.", *lines[3:], "5,,The city."]).done == 0


def test_issues_stand_in_their_column(tmp_path):
    path = tmp_path / "t.jsonl"
    path.write_text(json.dumps({"body": "It was 1,250 men and 77 women in 1998."}) + "\n", encoding="utf-8")
    batch.run(batches.asked(path, tmp_path / "out", columns=("body",)), batches.tiny)
    read = json.loads((tmp_path / "out" / "t.jsonl").read_text("utf-8"))
    counts = [sum(one["severity"] == name for one in read["qa_issues"]) for name in ("error", "warning", "note")]
    assert counts == [read["qa_errors"], read["qa_warnings"], read["qa_notes"]]
