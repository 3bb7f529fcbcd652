#!/usr/bin/python3
"""The shipped bank holidays against two independent calendars, day by day.

    calendars_agree.py [FOLDER]

Debian's python3-holidays knows the rules of all three nations and none of the special days since 2022; python3-workalendar
knows those of 2022, and has no usable Scotland (it says so itself). Every difference stands below with its reason; one that
is not there fails, and so does one that is there and no longer differs. Exits 77, aloud, where neither package is installed.
"""
import datetime
import os
import sys
import xml.etree.ElementTree

FOLDER = os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "..", "deploy", "reference", "calendars")
YEARS = range(2018, 2031)
NAMESPACE = "{urn:throughgate:calendar:1}"
SATURDAY = 5

SINCE_2022 = {
    "2022-05-30": "the package does not know that the spring holiday was moved to 2 June",
    "2022-06-02": "the package does not know that the spring holiday was moved from 30 May",
    "2022-06-03": "the package is older than the Platinum Jubilee",
    "2022-09-19": "the package is older than the state funeral",
    "2023-05-08": "the package is older than the coronation",
}
ST_ANDREW = "the package leaves out the Monday after a St Andrew's Day at a weekend, which the Act of 2007 gives"
BOYNE = "the package leaves out the Monday after a 12 July at a weekend, which the government's list has"
CORONATION = {"2023-05-08": "the package is older than the coronation"}

# (calendar, opinion): {day: why the two may differ on it}
ACCEPTED = {
    ("england_and_wales", "holidays, England"): SINCE_2022,
    ("england_and_wales", "holidays, Wales"): SINCE_2022,
    ("england_and_wales", "workalendar"): CORONATION,
    ("scotland", "holidays, Scotland"): {
        **SINCE_2022,
        **{day: ST_ANDREW for day in ("2019-12-02", "2024-12-02", "2025-12-01", "2030-12-02")},
        "2026-06-15": "the package is older than Scotland's holiday for the football World Cup"},
    ("northern_ireland", "holidays, Northern Ireland"): {
        **SINCE_2022, **{day: BOYNE for day in ("2020-07-13", "2025-07-14", "2026-07-13")}},
    ("northern_ireland", "workalendar"): CORONATION,
}


def shipped(folder, nation):
    """Day to name, as known today: what was moved away is no holiday."""
    root = xml.etree.ElementTree.parse(os.path.join(folder, nation + ".xml")).getroot()
    return {element.get("date"): element.get("name") for element in root.iter(NAMESPACE + "holiday") if not element.get("known-until")}


def weekdays(days):
    """A holiday at a weekend changes no working day, and our files leave it out."""
    return {day.isoformat(): name for day, name in days if day.weekday() < SATURDAY and day.year in YEARS}


def opinions():
    """(calendar, opinion) to day to name, of the packages that are there; the others are named."""
    found, absent = {}, []
    try:
        import holidays
        for nation, state, made in (("england_and_wales", "England", holidays.England), ("england_and_wales", "Wales", holidays.Wales),
                                    ("scotland", "Scotland", holidays.Scotland), ("northern_ireland", "Northern Ireland", holidays.NorthernIreland)):
            found[nation, "holidays, " + state] = weekdays(made(years=YEARS).items())
    except ImportError:
        absent.append("python3-holidays")
    try:
        from workalendar.europe import UnitedKingdom, UnitedKingdomNorthernIreland
        for nation, made in (("england_and_wales", UnitedKingdom), ("northern_ireland", UnitedKingdomNorthernIreland)):
            found[nation, "workalendar"] = weekdays(pair for year in YEARS for pair in made().holidays(year))
    except ImportError:
        absent.append("python3-workalendar")
    return found, absent


def compare(name, ours, theirs, accepted):
    """Each complaint as a line."""
    lines = []
    for day in sorted(set(ours) | set(theirs) | set(accepted)):
        differs = (day in ours) != (day in theirs)
        words = datetime.date.fromisoformat(day).strftime("%A ") + day
        if differs and day not in accepted:
            lines.append(f"{name}: {words} is {ours.get(day, 'no holiday')!r} here and {theirs.get(day, 'no holiday')!r} there")
        elif day in accepted and not differs:
            lines.append(f"{name}: {words} does not differ any more; remove it from the accepted differences")
    return lines


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else FOLDER
    found, absent = opinions()
    for package in absent:
        print(f"not compared: {package} is not installed")
    complaints, days = [], 0
    for (nation, opinion), theirs in found.items():
        ours = shipped(folder, nation)
        days += len(theirs)
        complaints += compare(f"{nation} against {opinion}", ours, theirs, ACCEPTED[nation, opinion])
        for day, why in sorted(ACCEPTED[nation, opinion].items()):
            print(f"accepted: {nation} against {opinion}, {day}: {why}")
    for line in complaints:
        print(line)
    print(f"{days} holidays of {len(found)} independent calendars compared, {len(complaints)} not accepted")
    if not found:
        return 77
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
