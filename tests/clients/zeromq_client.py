#!/usr/bin/python3
"""Submits one record to Throughgate over ZeroMQ with CURVE keys and prints the answer.

Independent of our code: Debian's python3-zmq and the frames of connectors/zeromq/README.md.
usage: zeromq_client.py ADDRESS SERVER_KEY SECRET_KEY_FILE MESSAGE_ID EXCHANGE BODY_FILE [SOCKET]
SOCKET is dealer (the default) or req. Exit status: 0 answered, 3 no answer within ten seconds.
"""
import sys

import zmq


def main():
    address, server_key, secret_file, message_id, exchange, body_file = sys.argv[1:7]
    kind = zmq.REQ if sys.argv[7:] == ["req"] else zmq.DEALER
    with open(secret_file, "rb") as handle:
        secret = handle.read().strip()
    with open(body_file, "rb") as handle:
        body = handle.read()
    context = zmq.Context()
    socket = context.socket(kind)
    socket.linger = 0
    socket.curve_secretkey = secret
    socket.curve_publickey = zmq.curve_public(secret)
    socket.curve_serverkey = server_key.encode()
    socket.connect(address)
    socket.send_multipart([b"TG1", message_id.encode(), exchange.encode(), body])
    if not socket.poll(10_000):
        print("no answer")
        return 3
    version, answered_id, outcome, receipt, problems = socket.recv_multipart()[:5]
    print("version", version.decode())
    print("message_id", answered_id.decode())
    print("outcome", outcome.decode())
    print("receipt", receipt.decode())
    print("problems", problems.decode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
