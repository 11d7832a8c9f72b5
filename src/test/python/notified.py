#!/usr/bin/python3
"""A service manager's end of sd_notify(3): binds a Unix datagram socket and prints what is told.

    notified.py SOCKET      a path; with @ before the name, an abstract socket

Prints, one a line, flushed: BOUND, then each datagram, its lines joined by |, until killed.
"""

import socket
import sys

path = sys.argv[1]
receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
receiver.bind("\0" + path[1:] if path.startswith("@") else path)
print("BOUND", flush=True)
while True:
    print(receiver.recv(4096).decode().replace("\n", "|"), flush=True)
