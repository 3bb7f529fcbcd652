#!/usr/bin/env python3
"""The house checks itself: layers, library fences, sizes, headers, banned names, the README's map.

Prints every finding with its cure and the numbers of the house; exits 2 when there is a finding. There is no way to
silence it: a rule that needs an exception is a wrong rule. The layers stand in layers.txt, beside this file.
"""
import fnmatch
import os
import re
import subprocess
import sys

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
FUNCTION_LINES_MAX = 70
FILE_LINES_MAX = 500
INTERFACE_FUNCTIONS_MAX = 4
TOP_LEVEL = {"CMakeLists.txt", "hub", "connectors", "mappings", "schemas", "deploy", "tests", "README.md",
             "ARCHITECTURE.md", "LICENSE"}
BANNED_FOLDERS = {"util", "utils", "common", "helper", "helpers", "misc"}
BANNED_TEXT = [
    (re.compile(r"\bNOLINT|cppcheck-suppress|#pragma\s+GCC\s+diagnostic\s+ignored|clang-format\s+off"),
     "a silencing comment", "mend the cause"),
    (re.compile(r"\b(TODO|FIXME|XXX|HACK)\b"), "a leftover note", "finish it, or file it"),
    (re.compile(r"\bstd::(rand|srand)\b|\brand\(\)"), "a random source of its own", "take hub::Random"),
    (re.compile(r"\bsystem\("), "a shell", "use posix_spawn with fixed arguments"),
    (re.compile(r"\bstrcpy\(|\bstrcat\(|\bsprintf\(|\bgets\("), "an unbounded copy", "use std::string or snprintf"),
    (re.compile(r"\busing namespace std\s*;"), "using namespace std", "name what is used"),
    (re.compile(r"^(?!.*(unique_ptr|shared_ptr)<).*\bnew\s+[A-Za-z_:]+[\(\{]"), "a naked new", "use std::make_unique"),
]
# The pure rooms read no clock, zone, locale, environment, random source or unordered container (law 2).
PURE = ("hub/formats", "hub/mapping", "hub/people", "hub/agreements", "hub/core")
IMPURE_TEXT = [
    (re.compile(r"system_clock|steady_clock|\btime\(|gettimeofday|localtime|gmtime"), "a clock", "take the instant from the entry"),
    (re.compile(r"\bgetenv\b|\bsetlocale\b|std::locale"), "the environment or locale", "pass it in"),
    (re.compile(r"unordered_(map|set)"), "an unordered container", "use std::map or a sorted vector"),
    (re.compile(r"std::(thread|jthread|mutex|condition_variable)|<thread>|<mutex>"), "a thread", "threads live in hub/routes"),
    (re.compile(r"random_device|mt19937"), "a random source", "chance stands in the entry"),
]
# Impure hub rooms reach the world through the seams (law 3).
SEAMED = ("hub/routes", "hub/site")
SEAM_TEXT = [
    (re.compile(r"system_clock::now|steady_clock::now|gettimeofday|clock_gettime"), "a clock of its own", "take hub::Clock"),
    (re.compile(r"sleep_for|sleep_until|usleep|nanosleep"), "a sleep", "take hub::Scheduler"),
    (re.compile(r"std::(ifstream|ofstream|fstream)|\bfopen\("), "a file of its own", "take hub::Disk"),
    (re.compile(r"random_device|mt19937"), "a random source of its own", "take hub::Random"),
]


class Findings:
    def __init__(self):
        self.rows = []

    def add(self, path, line, what, cure):
        where = f"{path}:{line}" if line else path
        self.rows.append(f"{where}: {what}; {cure}")


def tracked():
    out = subprocess.run(["git", "-C", ROOT, "ls-files", "--cached", "--others", "--exclude-standard"],
                         capture_output=True, text=True, check=True).stdout
    return sorted(p for p in out.splitlines() if os.path.isfile(os.path.join(ROOT, p)))


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8", errors="replace") as handle:
        return handle.read()


def read_layers():
    rooms, fences = {}, {}
    for line in read("tests/tidy/layers.txt").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        left, right = line.split(":", 1)
        (fences if left.startswith("<") else rooms)[left.strip().lstrip("<")] = right.split()
    return rooms, fences


def room_of(path):
    parts = path.split("/")
    if parts[0] in ("hub", "connectors"):
        return "/".join(parts[:2]) if len(parts) > 2 else parts[0]
    return parts[0]


def allowed_for(room, rooms):
    if room in rooms:
        return rooms[room]
    for pattern, may in rooms.items():
        if fnmatch.fnmatch(room, pattern):
            return may
    return None


def check_includes(path, text, rooms, fences, found):
    room = room_of(path)
    may = allowed_for(room, rooms)
    if may is None:
        found.add(path, 0, f"room '{room}' stands in no layer", "add it to tests/tidy/layers.txt")
        return
    for number, line in enumerate(text.splitlines(), 1):
        match = re.match(r'\s*#\s*include\s+(["<])([^">]+)[">]', line)
        if not match:
            continue
        quote, target = match.groups()
        if quote == '"' and target.startswith(("hub/", "connectors/")):
            other = room_of(target)
            if other != room and not any(fnmatch.fnmatch(other, m) for m in may):
                found.add(path, number, f"may not include {target}", f"{room} may see: {' '.join(may) or 'nothing of ours'}")
        if quote == "<" or not target.startswith(("hub/", "connectors/", "tests/")):
            for library, homes in fences.items():
                at_home = any(room == h or path.startswith(h + "/") for h in homes)
                if target.startswith(library) and not at_home and not path.startswith("tests/"):
                    found.add(path, number, f"may not include <{target}>", f"that library lives in {' '.join(homes)}")


def check_text(path, text, found):
    lines = text.splitlines()
    room = room_of(path)
    rules = list(BANNED_TEXT)
    if any(room == p for p in PURE):
        rules += IMPURE_TEXT
    if any(room == p for p in SEAMED):
        rules += SEAM_TEXT
    for number, line in enumerate(lines, 1):
        code = re.sub(r'"(?:[^"\\]|\\.)*"', '""', line)
        comment_free = code.split("//")[0]
        for pattern, what, cure in rules:
            subject = code if what in ("a silencing comment", "a leftover note") else comment_free
            if pattern.search(subject):
                found.add(path, number, what, cure)
    if len(lines) > FILE_LINES_MAX:
        found.add(path, 0, f"{len(lines)} lines, more than {FILE_LINES_MAX}", "split it by idea")
    if path.endswith(".hpp"):
        if "#pragma once" not in text:
            found.add(path, 1, "no #pragma once", "add it below the header comment")
        if not text.startswith("//"):
            found.add(path, 1, "no header comment", "say in one sentence what this is")
    return len(lines)


def function_lengths(paths):
    """(path, name, line, lines) of every C++ function, by ctags."""
    result = subprocess.run(["ctags", "-f", "-", "--languages=C++", "--c++-kinds=f", "--fields=+ne", "-L", "-"],
                            input="\n".join(paths), capture_output=True, text=True, cwd=ROOT, check=True)
    for row in result.stdout.splitlines():
        if row.startswith("!"):
            continue
        cells = row.split("\t")
        fields = dict(c.split(":", 1) for c in cells[3:] if ":" in c)
        if "line" in fields and "end" in fields:
            yield cells[1], cells[0], int(fields["line"]), int(fields["end"]) - int(fields["line"]) + 1


def interfaces(text):
    """(name, line, functions) of every class with pure virtual functions."""
    for match in re.finditer(r"^class\s+(\w+)[^;{]*\{", text, re.M):
        depth, at = 1, match.end()
        while at < len(text) and depth:
            depth += {"{": 1, "}": -1}.get(text[at], 0)
            at += 1
        body = text[match.end():at]
        virtuals = [v for v in re.findall(r"\bvirtual\b[^;{]*[;{]", body) if "~" not in v]
        if any("= 0" in v for v in virtuals):
            yield match.group(1), text.count("\n", 0, match.start()) + 1, len(virtuals)


def check_connectors(found):
    """Adding a connector touches its folder and two further lines: one in the catalogue, one in the folder list."""
    catalog = read("connectors/catalog.cpp") if os.path.exists(os.path.join(ROOT, "connectors/catalog.cpp")) else ""
    lists = read("connectors/CMakeLists.txt")
    most = 0
    for name in sorted(os.listdir(os.path.join(ROOT, "connectors"))):
        if not os.path.isdir(os.path.join(ROOT, "connectors", name)):
            continue
        for wanted in (f"{name}.hpp", f"{name}.cpp", "README.md", "sample.xml", "CMakeLists.txt"):
            if not os.path.exists(os.path.join(ROOT, "connectors", name, wanted)):
                found.add(f"connectors/{name}", 0, f"has no {wanted}", "every connector has the same five files")
        lines = sum(1 for text in (catalog, lists) for line in text.splitlines()
                    if re.search(rf"\b{name}_?\b", line) and not line.lstrip().startswith(("//", "# ")))
        most = max(most, lines)
        if lines > 2:
            found.add(f"connectors/{name}", 0, f"is named on {lines} lines outside its folder", "two are enough")
    return most


def check_layout(paths, found):
    top = {p.split("/")[0] for p in paths}
    for name in sorted(top - TOP_LEVEL):
        if not name.startswith("."):
            found.add(name, 0, "does not belong at the top level", "the top level is fixed")
    for name in sorted(TOP_LEVEL - top):
        found.add(name, 0, "is missing at the top level", "add it")
    readme = read("README.md") if "README.md" in paths else ""
    folders = {"/".join(p.split("/")[:2]) for p in paths if p.count("/") >= 2 and p.split("/")[0] in ("hub", "tests", "deploy", "schemas", "connectors")}
    for folder in sorted(folders):
        if folder.split("/")[1] not in readme:
            found.add("README.md", 0, f"its map does not name {folder}", "add one line")
    for path in paths:
        for part in path.split("/")[:-1]:
            if part in BANNED_FOLDERS:
                found.add(path, 0, f"a folder named {part}", "name the idea instead")


def check_machine_paths(path, text, found):
    for number, line in enumerate(text.splitlines(), 1):
        if re.search(r"(?<![\w.])/(home|root|work)/\w", line):
            found.add(path, number, "names a path of a machine", "make it relative")


def main():
    found = Findings()
    paths = tracked()
    rooms, fences = read_layers()
    sources = [p for p in paths if p.endswith((".cpp", ".hpp"))]
    most_file = most_interface = 0
    for path in sources:
        text = read(path)
        check_includes(path, text, rooms, fences, found)
        most_file = max(most_file, check_text(path, text, found))
        if path.startswith("hub/"):
            for name, line, count in interfaces(text):
                most_interface = max(most_interface, count)
                if count > INTERFACE_FUNCTIONS_MAX:
                    found.add(path, line, f"interface {name} has {count} functions", f"{INTERFACE_FUNCTIONS_MAX} at most: split it")
    most_function = over = functions = 0
    for path, name, line, lines in function_lengths(sources):
        functions += 1
        most_function = max(most_function, lines)
        if lines > FUNCTION_LINES_MAX:
            over += 1
            found.add(path, line, f"{name} has {lines} lines", f"{FUNCTION_LINES_MAX} at most: name its parts")
    check_layout(paths, found)
    added = check_connectors(found)
    for path in paths:
        if not path.endswith((".png", ".jpg")):
            check_machine_paths(path, read(path), found)
    for row in found.rows:
        print(row)
    print(f"functions above {FUNCTION_LINES_MAX} lines: {over} of {functions} (longest {most_function})")
    print(f"longest file: {most_file} lines (limit {FILE_LINES_MAX}), {len(sources)} files")
    print(f"functions in the largest interface: {most_interface} (limit {INTERFACE_FUNCTIONS_MAX})")
    print(f"lines outside its folder to add a connector: {added}")
    print(f"findings: {len(found.rows)}")
    return 2 if found.rows else 0


if __name__ == "__main__":
    sys.exit(main())
