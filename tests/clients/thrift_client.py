#!/usr/bin/python3
"""Submits one record to Throughgate over Thrift and TLS and prints the answer.

Independent of our code: Debian's python3-thrift and what `thrift --gen py schemas/wire/hub.thrift` makes.
usage: thrift_client.py GENERATED_FOLDER HOST:PORT CERTIFICATE KEY AUTHORITY MESSAGE_ID EXCHANGE BODY_FILE
Exit status: 0 answered, 3 refused or no answer within ten seconds.
"""
import ssl
import sys

from thrift.protocol import TBinaryProtocol
from thrift.Thrift import TException
from thrift.transport import TSSLSocket, TTransport

sys.path.insert(0, sys.argv[1])
from throughgate_wire import Hub  # noqa: E402
from throughgate_wire.ttypes import Outcome, Refusal, StatusQuery, Submission  # noqa: E402


def main():
    address, certificate, key, authority, message_id, exchange, body_file = sys.argv[2:9]
    host, port = address.rsplit(":", 1)
    with open(body_file, "rb") as handle:
        body = handle.read()
    socket = TSSLSocket.TSSLSocket(host, int(port), cert_reqs=ssl.CERT_REQUIRED, ca_certs=authority, certfile=certificate,
                                   keyfile=key)
    socket.setTimeout(10_000)
    transport = TTransport.TFramedTransport(socket)
    client = Hub.Client(TBinaryProtocol.TBinaryProtocol(transport, strictRead=True, strictWrite=True))
    try:
        transport.open()
        receipt = client.submit(Submission(exchange=exchange, message_id=message_id, body=body))
        print("outcome", Outcome._VALUES_TO_NAMES[receipt.outcome])
        print("receipt", receipt.receipt)
        for problem in receipt.problems:
            print("problem", problem.code, problem.what)
        print("known", client.status(StatusQuery(message_id=message_id)).known)
    except Refusal as refusal:
        print("refusal", refusal.code, refusal.reason)
        return 3
    except TException as error:
        print("no answer:", error)
        return 3
    finally:
        transport.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
