using System.Collections.Immutable;

namespace Codex.Agent.Sandbox;

/// <summary>The system calls that the filter speaks of.</summary>
public static class SystemCalls
{
    public static readonly SystemCall Socket = new("socket", 41, 198);
    public static readonly SystemCall SocketPair = new("socketpair", 53, 199);
    public static readonly SystemCall Ioctl = new("ioctl", 16, 29);
    public static readonly SystemCall Open = new("open", 2, null);
    public static readonly SystemCall OpenAt = new("openat", 257, 56);
    public static readonly SystemCall OpenAt2 = new("openat2", 437, 437);
    public static readonly SystemCall Creat = new("creat", 85, null);
    public static readonly SystemCall Mknod = new("mknod", 133, null);
    public static readonly SystemCall MknodAt = new("mknodat", 259, 33);
    public static readonly SystemCall Chmod = new("chmod", 90, null);
    public static readonly SystemCall Fchmod = new("fchmod", 91, 52);
    public static readonly SystemCall FchmodAt = new("fchmodat", 268, 53);
    public static readonly SystemCall FchmodAt2 = new("fchmodat2", 452, 452);

    /// <summary>Ways into other processes, and past the checks that every other call goes through.</summary>
    public static readonly ImmutableArray<SystemCall> OtherProcesses =
    [
        new("ptrace", 101, 117),
        new("process_vm_readv", 310, 270),
        new("process_vm_writev", 311, 271),
        new("pidfd_getfd", 438, 438),
        new("io_uring_setup", 425, 425),
        new("io_uring_enter", 426, 426),
        new("io_uring_register", 427, 427),
        new("userfaultfd", 323, 282),
        new("perf_event_open", 298, 241),
        new("bpf", 321, 280),
        new("open_by_handle_at", 304, 265),
        // Keyrings are shared with the user's whole session.
        new("add_key", 248, 217),
        new("request_key", 249, 218),
        new("keyctl", 250, 219),
    ];

    /// <summary>What the file system looks like, and what runs in the kernel.</summary>
    public static readonly ImmutableArray<SystemCall> Machine =
    [
        new("mount", 165, 40),
        new("umount2", 166, 39),
        new("pivot_root", 155, 41),
        new("open_tree", 428, 428),
        new("move_mount", 429, 429),
        new("fsopen", 430, 430),
        new("fsconfig", 431, 431),
        new("fsmount", 432, 432),
        new("fspick", 433, 433),
        new("mount_setattr", 442, 442),
        new("open_tree_attr", 467, 467),
        new("setns", 308, 268),
        new("init_module", 175, 105),
        new("finit_module", 313, 273),
        new("delete_module", 176, 106),
        new("kexec_load", 246, 104),
        new("kexec_file_load", 320, 294),
        new("reboot", 169, 142),
        new("swapon", 167, 224),
        new("swapoff", 168, 225),
    ];

    /// <summary>The network, also over sockets that somebody left open. <c>recvfrom</c> stays: pairs of sockets use it.</summary>
    public static readonly ImmutableArray<SystemCall> Network =
    [
        new("connect", 42, 203),
        new("accept", 43, 202),
        new("accept4", 288, 242),
        new("bind", 49, 200),
        new("listen", 50, 201),
        new("getpeername", 52, 205),
        new("getsockname", 51, 204),
        new("shutdown", 48, 210),
        new("sendto", 44, 206),
        new("sendmmsg", 307, 269),
        new("recvmmsg", 299, 243),
        new("getsockopt", 55, 209),
        new("setsockopt", 54, 208),
    ];

    /// <summary>Memory, semaphores and queues of System V, and POSIX queues: they have no place in the file system that Landlock could look at.</summary>
    public static readonly ImmutableArray<SystemCall> SharedMemory =
    [
        new("shmget", 29, 194),
        new("shmctl", 31, 195),
        new("shmat", 30, 196),
        new("semget", 64, 190),
        new("semctl", 66, 191),
        new("semtimedop", 220, 192),
        new("semop", 65, 193),
        new("msgget", 68, 186),
        new("msgctl", 71, 187),
        new("msgrcv", 70, 188),
        new("msgsnd", 69, 189),
        new("mq_open", 240, 180),
        new("mq_unlink", 241, 181),
    ];

    /// <summary>Changes of owner and attributes, which Landlock does not check.</summary>
    public static readonly ImmutableArray<SystemCall> Ownership =
    [
        new("chown", 92, null),
        new("fchown", 93, 55),
        new("lchown", 94, null),
        new("fchownat", 260, 54),
        new("setxattr", 188, 5),
        new("lsetxattr", 189, 6),
        new("fsetxattr", 190, 7),
        new("removexattr", 197, 14),
        new("lremovexattr", 198, 15),
        new("fremovexattr", 199, 16),
        new("setxattrat", 463, 463),
        new("removexattrat", 466, 466),
        new("file_setattr", 469, 469),
    ];

    /// <summary>Changes of mode and times, which Landlock does not check either.</summary>
    public static readonly ImmutableArray<SystemCall> ModesAndTimes =
    [
        Chmod,
        Fchmod,
        FchmodAt,
        FchmodAt2,
        new("utime", 132, null),
        new("utimes", 235, null),
        new("futimesat", 261, null),
        new("utimensat", 280, 88),
    ];
}
