#!/usr/bin/python3
"""A connector in Python: a toy source and a toy sink behind Throughgate's ConnectorHost.

Independent of our code: Debian's python3-thrift and what `thrift --gen py schemas/wire/hub.thrift` makes. The hub starts it
and appends the path of its Unix socket.
usage: connector_host.py GENERATED_FOLDER SOCKET

settings of the source: from (a file, each line one record), log (a file that settlements are written to).
settings of the sink: to (a file that bodies are written to, each on a line).
"""
import sys

from thrift.protocol import TBinaryProtocol
from thrift.transport import TSocket, TTransport

sys.path.insert(0, sys.argv[1])
from throughgate_wire import ConnectorHost  # noqa: E402
from throughgate_wire.ttypes import (Fault, Hello, Incoming, Outcome, Readiness, Remedy, Repeats, Role,  # noqa: E402
                                     TaskKind, TaskResult)


def connect(path):
    socket = TSocket.TSocket(unix_socket=path)
    socket.setTimeout(30_000)
    transport = TTransport.TFramedTransport(socket)
    transport.open()
    return ConnectorHost.Client(TBinaryProtocol.TBinaryProtocol(transport, strictRead=True, strictWrite=True))


def run_source(hub, settings, limits):
    with open(settings["from"], "rb") as handle:
        lines = handle.read().splitlines()
    hub.ready(Readiness(open=True))
    records = [Incoming(token=str(number), sender="toy", message_id=f"line-{number}", body=line)
               for number, line in enumerate(lines, 1)]
    for first in range(0, len(records), limits.batch_max):
        while not hub.offer(records[first:first + limits.batch_max]):
            pass
    while True:
        for settlement in hub.await_settlements(limits.wait_ms_max):
            with open(settings["log"], "a", encoding="utf-8") as log:
                log.write(f"{settlement.token} {Outcome._VALUES_TO_NAMES[settlement.outcome]} {settlement.receipt}\n")


def run_sink(hub, settings, limits):
    written = {}
    hub.ready(Readiness(open=True, repeats=Repeats.query))
    while True:
        for task in hub.take(1, limits.wait_ms_max):
            if task.kind == TaskKind.ask:
                result = TaskResult(task=task.id, ok=True, found=task.key in written, evidence=written.get(task.key, ""))
            elif b"poison" in task.outgoing.body:
                result = TaskResult(task=task.id, fault=Fault(remedy=Remedy.reject, what="the toy takes no poison"))
            else:
                with open(settings["to"], "ab") as handle:
                    handle.write(task.outgoing.body + b"\n")
                written[task.outgoing.key] = f"line {len(written) + 1}"
                result = TaskResult(task=task.id, ok=True, found=True, evidence=written[task.outgoing.key])
            hub.report([result])


def main():
    hub = connect(sys.argv[2])
    configuration = hub.hello(Hello(program="toy"))
    settings = {setting.name: setting.value for setting in configuration.settings}
    try:
        if configuration.role == Role.source:
            run_source(hub, settings, configuration)
        else:
            run_sink(hub, settings, configuration)
    except (TTransport.TTransportException, OSError):
        return 0  # the hub has closed, which is how a connector is told to end
    return 1


if __name__ == "__main__":
    sys.exit(main())
