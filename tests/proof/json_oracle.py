#!/usr/bin/python3
"""The second opinion on JSON: says of each sample whether Debian's jsonschema finds it valid.

Usage: json_oracle.py SCHEMAS FOLDER. FOLDER/index has a line "schema<TAB>file" for each sample, the schema relative to
SCHEMAS, the file to FOLDER. Prints what is not valid, then how many were looked at; exits 1 if any was not valid.
"""
import json
import pathlib
import sys

import jsonschema


def validators(schemas):
    made = {}

    def of(path):
        if path not in made:
            file = (schemas / path).resolve()
            schema = json.loads(file.read_text(encoding="utf-8"))
            schema.pop("$id", None)  # references are to files, relative to the file they stand in
            resolver = jsonschema.RefResolver(file.as_uri(), schema)
            made[path] = jsonschema.Draft202012Validator(schema, resolver=resolver, format_checker=jsonschema.FormatChecker())
        return made[path]

    return of


def main():
    schemas, folder = (pathlib.Path(each) for each in sys.argv[1:])
    validator, samples, wrong = validators(schemas), 0, 0
    for line in (folder / "index").read_text(encoding="utf-8").splitlines():
        path, name = line.split("\t")
        text = (folder / name).read_bytes().decode("utf-8-sig")
        samples += 1
        for error in validator(path).iter_errors(json.loads(text)):
            wrong += 1
            print(f"{path}: {'/'.join(map(str, error.absolute_path))}: {error.message[:300]}")
            break
    print(f"{samples} samples, {wrong} not valid")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
