"""What strace saw of a program's sockets, and who is a stranger among those it spoke to."""

import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="strace is Linux's")

MODEL = "127.0.0.1:8080"
INET = "socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_TCP) = 31<TCP:[762]>"
TO_MODEL = (
    'connect(31<TCP:[762]>, {sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr("127.0.0.1")}, '
    "16) = -1 EINPROGRESS (Operation now in progress)"
)
ELSEWHERE = (
    'connect(31<TCP:[762]>, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("8.8.8.8")}, 16) = 0'
)
HARMLESS = [
    "socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 3<UNIX-STREAM:[41]>",
    'connect(3<UNIX-STREAM:[41]>, {sa_family=AF_UNIX, sun_path=@"/tmp/.X11-unix/X0"}, 20) = 0',
    "socket(AF_INET6, SOCK_STREAM, 0) = -1 EAFNOSUPPORT (Address family not supported by protocol)",
    'sendto(31<TCP:[127.0.0.1:36196->127.0.0.1:8080]>, "POST /v1/chat/completions", 597, 0, NULL, 0) = 597',
    "sendmsg(3<UNIX-STREAM:[41->42]>, {msg_name=NULL, msg_namelen=0, msg_iovlen=1, msg_flags=0}, 0) = 32",
    "--- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED} ---",
]


def strangers(tools, *calls, task=7):
    return tools.sockets.strangers([f"{task} {call}\n" for call in calls], MODEL)


def test_the_model_and_what_stays_on_the_machine_are_no_strangers(tools):
    assert strangers(tools, *HARMLESS, INET, TO_MODEL) == []
    assert strangers(tools) == []


@pytest.mark.parametrize(
    ("calls", "told"),
    [
        ([INET, ELSEWHERE], "AF_INET socket: connect 8.8.8.8:443"),
        ([INET, TO_MODEL, ELSEWHERE], "AF_INET socket: connect 127.0.0.1:8080, connect 8.8.8.8:443"),
        ([INET], "AF_INET socket: opened and never used"),
        ([ELSEWHERE], "AF_INET socket: connect 8.8.8.8:443"),
        (
            [
                "socket(AF_INET6, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP) = 8<TCPv6:[9]>",
                'bind(8<TCPv6:[9]>, {sa_family=AF_INET6, sin6_port=htons(0), sin6_flowinfo=htonl(0), '
                'inet_pton(AF_INET6, "::1", &sin6_addr), sin6_scope_id=0}, 28) = 0',
            ],
            "AF_INET6 socket: bind ::1:0",
        ),
        (
            [
                "socket(AF_INET, SOCK_DGRAM|SOCK_CLOEXEC, IPPROTO_UDP) = 5<UDP:[3]>",
                'sendto(5<UDP:[3]>, "query", 5, 0, {sa_family=AF_INET, sin_port=htons(53), '
                'sin_addr=inet_addr("9.9.9.9")}, 16) = 5',
            ],
            "AF_INET socket: sendto 9.9.9.9:53",
        ),
        (
            ["socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE) = 4<NETLINK:[ROUTE:77]>"],
            "AF_NETLINK socket: opened and never used",
        ),
    ],
)  # fmt: skip
def test_everything_else_is_told(tools, calls, told):
    assert strangers(tools, *HARMLESS, *calls) == [told]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(7, len(INET)), st.integers(8, len(ELSEWHERE)))
def test_calls_that_were_parted_are_read_as_one(tools, first, second):
    """Other tasks call in between; strace then writes a call in two lines."""
    lines = []
    for call, cut in ((INET, first), (ELSEWHERE, second)):
        name = call.partition("(")[0]
        lines += [f"7 {call[:cut]} <unfinished ...>", *(f"9 {other}" for other in HARMLESS),
                  f"7 <... {name} resumed>{call[cut:]}"]  # fmt: skip
    assert tools.sockets.strangers(lines, MODEL) == ["AF_INET socket: connect 8.8.8.8:443"]


def test_a_call_that_never_came_back_counts(tools):
    assert strangers(tools, INET, ELSEWHERE.replace(" = 0", " <unfinished ...>")) == [
        "AF_INET socket: connect 8.8.8.8:443"
    ]
