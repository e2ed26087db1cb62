namespace Codex.Agent.Tests.Sandbox.Escapes;

/// <summary>All attempts; variables are those of <see cref="Scene"/>.</summary>
public static class Attempts
{
    private const string Unix = "use Socket; ";

    public static readonly IReadOnlyList<Attempt> Files =
    [
        new("create a file outside", "echo x >$OUT/new"),
        new("create a file outside by a relative path", "echo x >../outside/new"),
        new("create a file outside from there", "cd $OUT && echo x >new"),
        new("overwrite a file outside", "echo x >$OUT/file"),
        new("append to a file outside", "echo x >>$OUT/file"),
        new("cut a file outside", "truncate -s 0 $OUT/file"),
        new("cut a file outside by opening it to read", "perl -e 'use Fcntl; sysopen(F, \"$ENV{OUT}/file\", O_RDONLY|O_TRUNC)'"),
        new("remove a file outside", "rm -f $OUT/file"),
        new("move a file out of outside", "mv $OUT/file ."),
        new("move a file to the outside", "echo x >y; mv y $OUT/y"),
        new("make a directory outside", "mkdir $OUT/d"),
        new("make a link outside", "ln -s /etc $OUT/l"),
        new("make a pipe outside", "mkfifo $OUT/p"),
        new("write through a link", "ln -s $OUT l && echo x >l/new"),
        new("write through a link to a file", "ln -s $OUT/file l && echo x >l"),
        new("write through a hard link", "ln $OUT/file h && echo x >>h"),
        new("write through a directory that becomes a link", "mkdir d && (cd d && rmdir ../d && ln -s $OUT ../d && echo x >../d/new)"),
        new("write through an open file that was left to us", "echo x >&9") { IsProvable = false },
        new("write through /proc/self/root", "echo x >/proc/self/root$OUT/new"),
        new("write through /proc/1/root", "echo x >/proc/1/root$OUT/new") { IsProvable = false },
        new("write through another's /proc/PID/root", "echo x >/proc/$VICTIM/root$OUT/new"),
        new("write through another's /proc/PID/cwd", "echo x >/proc/$VICTIM/cwd/new"),
        new("write through another's open file", "echo x >/proc/$VICTIM/fd/8"),
        new("exchange names", "echo x >y; perl -e '$a=qq(y); $b=qq($ENV{OUT}/file); syscall(316, -100, $a, -100, $b, 2)'"),
        new("mount", "mkdir m && mount --bind $OUT m && echo x >m/new") { NeedsRoot = true },
        new("mount in new namespaces", "unshare -Urm sh -c 'mount -o remount,rw,bind /; echo x >$OUT/new'; echo x >$OUT/new"),
        new("leave by chroot", "mkdir d; perl -e 'chroot(qq(d)); chdir(qq(..)) for 1..20; chroot(qq(.)); open F, qq(>$ENV{OUT}/new)'") { NeedsRoot = true },
        new("write to shared memory", "echo x >/dev/shm/$SHM"),
        new("make a device", "mknod d c 1 3 && echo ESCAPED") { NeedsRoot = true },
        new("set the kernel's parameters", "cat /proc/sys/vm/swappiness >/proc/sys/vm/swappiness && echo ESCAPED") { NeedsRoot = true },
        new("set another's priority to be killed", "echo 7 >/proc/$VICTIM/oom_score_adj && echo ESCAPED"),
        new("leave a program that runs as its owner", "cp /bin/true s; chmod 4755 s"),
        new("create a program that runs as its owner", "perl -e 'umask 0; use Fcntl; sysopen(F, \"s\", O_CREAT|O_WRONLY, 04755)'"),
        new("change a mode outside", "chmod 777 $OUT/file") { LandlockCannot = true },
        new("change a mode outside by an open file", "perl -e 'open F, \"$ENV{OUT}/file\"; chmod 0777, *F'") { LandlockCannot = true },
        new("change times outside", "touch -d 2001-01-01 $OUT/file") { LandlockCannot = true },
        new("change an owner outside", "chown 1:1 $OUT/file") { NeedsRoot = true },
        new("change an attribute outside", "perl -e '$a=qq($ENV{OUT}/file); $b=qq(user.x); $c=qq(y); syscall(188, $a, $b, $c, 1, 0) == 0 and print qq(ESCAPED)'"),
    ];

    public static readonly IReadOnlyList<Attempt> Protected =
    [
        new("change the configuration", "echo x >>.git/config"),
        new("add a hook", "echo x >.git/hooks/pre-commit"),
        new("remove .git", "rm -r .git"),
        new("rename .git", "mv .git g; mkdir .git; echo x >.git/config"),
        new("exchange .git", "mkdir g; echo x >g/config; perl -e '$a=qq(g); $b=qq(.git); syscall(316, -100, $a, -100, $b, 2)'"),
        new("write into .git through a link", "ln -s .git g; echo x >>g/config"),
        new("write into .git through a hard link", "ln .git/config c; echo x >>c"),
        new("write into .git through /proc", "echo x >>/proc/self/cwd/.git/config"),
        new("mount over .git", "mkdir g; echo x >g/config; mount --bind g .git && echo ESCAPED") { IsProvable = false },
        new("unmount .git in new namespaces", "unshare -Urm sh -c 'umount .git; umount -l $PWD/.git; echo x >>.git/config'; echo x >>.git/config"),
        new("bind without what is mounted inside", "unshare -Urm sh -c 'mkdir m; mount --bind . m; echo x >>m/.git/config'; echo x >>.git/config"),
        new("remount .git", "mount -o remount,rw,bind $PWD/.git; echo x >>.git/config"),
        new("change a mode in .git", "chmod 777 .git/config"),
        new("create .agents", "mkdir .agents && echo x >.agents/x"),
        new("create .agents as a file", "echo x >.agents"),
        new("create .agents as a link", "ln -s $OUT .agents"),
        new("fill .agents", "echo x >.agents/x || mkdir .agents && echo x >.agents/x"),
        new("create .aws by renaming", "mkdir a && echo x >a/config && mv -T a .aws"),
        new("replace .aws", "rmdir .aws; mkdir .aws && echo x >.aws/config"),
        new("change .codex", "echo x >>.codex/config.toml"),
        new("point a submodule elsewhere", "echo gitdir: elsewhere >lib/sub/.git"),
        new("put another submodule in its place", "mv lib l; mkdir -p lib/sub; echo gitdir: elsewhere >lib/sub/.git"),
        new("change Codex's own directory", "echo x >>codex-home/config.toml"),
        new("write rules into Codex's own directory", "mkdir -p codex-home/rules && echo x >codex-home/rules/x.rules"),
        new("rename Codex's own directory", "mv codex-home c; mkdir codex-home; echo x >codex-home/config.toml"),
        new("rename the workspace", "cd .. && mv workspace w && mkdir -p workspace/.git && echo x >workspace/.git/config"),
    ];

    public static readonly IReadOnlyList<Attempt> Network =
    [
        new("TCP", Unix4("SOCK_STREAM", "TCP4", "print S qq(x)")),
        new("TCP by bash", "bash -c 'echo x >/dev/tcp/127.0.0.1/$TCP4'"),
        new("UDP", "perl -e '" + Unix + "socket(S,AF_INET,SOCK_DGRAM,0) and send(S,qq(x),0,sockaddr_in($ENV{UDP4},INADDR_LOOPBACK))'"),
        new("UDP by bash", "bash -c 'echo x >/dev/udp/127.0.0.1/$UDP4'"),
        new("TCP over IPv6", "perl -e 'use Socket qw(:all); socket(S,AF_INET6,SOCK_STREAM,0) and connect(S,pack_sockaddr_in6($ENV{TCP6},IN6ADDR_LOOPBACK))'"),
        new("listen", "perl -e '" + Unix + "socket(S,AF_INET,SOCK_STREAM,0) and bind(S,sockaddr_in(0,INADDR_ANY)) and listen(S,1) and print qq(ESCAPED)'"),
        new("a raw socket", "perl -e '" + Unix + "socket(S,AF_INET,SOCK_RAW,1) and print qq(ESCAPED)'") { NeedsRoot = true },
        new("a netlink socket", "perl -e '" + Unix + "socket(S,16,SOCK_RAW,0) and print qq(ESCAPED)'"),
        new("an abstract socket", "perl -e '" + Unix + "socket(S,AF_UNIX,SOCK_STREAM,0) and connect(S,pack(qq(S a*),AF_UNIX,qq(\\0$ENV{ABSTRACT})))'"),
        new("a named socket", "perl -e '" + Unix + "socket(S,AF_UNIX,SOCK_STREAM,0) and connect(S,pack_sockaddr_un($ENV{STREAM}))'"),
        new("a datagram to a named socket", "perl -e '" + Unix + "socket(S,AF_UNIX,SOCK_DGRAM,0) and send(S,qq(x),0,pack_sockaddr_un($ENV{DATAGRAM}))'"),
        new("a message to a named socket", "perl -e '" + Unix + "socket(S,AF_UNIX,SOCK_DGRAM,0) or exit; $a=pack_sockaddr_un($ENV{DATAGRAM}); $b=qq(x); $v=pack(qq(PQ),$b,1); "
            + "$m=pack(qq(PL x4 PQ QQ L x4),$a,length $a,$v,1,0,0,0); syscall(46,fileno S,$m,0)'"),
        new("a socket by the numbers of another interface", "perl -e 'syscall(0x40000000+41,2,1,0) >= 0 and print qq(ESCAPED)'") { IsProvable = false },
    ];

    public static readonly IReadOnlyList<Attempt> Processes =
    [
        new("kill another", "kill -9 $VICTIM"),
        new("leave a process behind", "setsid sh -c 'exec tail -f /dev/null left-by-$SHM' >/dev/null 2>&1 & sleep 0.3"),
        new("leave a process of a process behind", "(setsid sh -c 'setsid tail -f /dev/null left-by-$SHM & sleep 0.2' >/dev/null 2>&1 &) ; sleep 0.1"),
        new("stop another by a queued signal", "perl -e 'syscall(129, $ENV{VICTIM}, 9, pack(qq(x128)))'") { IsProvable = false },
        new("trace another", "perl -e 'syscall(101,16,$ENV{VICTIM}+0,0,0) == 0 and print qq(ESCAPED)'"),
        new("be traced", "perl -e 'syscall(101,0,0,0,0) == 0 and print qq(ESCAPED)'"),
        new("read another's memory", "perl -e 'syscall(310,$ENV{VICTIM}+0,0,0,0,0,0) == 0 and print qq(ESCAPED)'"),
        new("write another's memory", "perl -e 'syscall(311,$ENV{VICTIM}+0,0,0,0,0,0) == 0 and print qq(ESCAPED)'"),
        new("open another's memory", "perl -e 'open(F, qq(+<), qq(/proc/$ENV{VICTIM}/mem)) and print qq(ESCAPED)'"),
        new("read another's environment", "tr '\\0' '\\n' </proc/$VICTIM/environ"),
        new("take another's open file", "perl -e '$p=syscall(434,$ENV{VICTIM}+0,0); syscall(438,$p,8,0) >= 0 and print qq(ESCAPED)'"),
        new("reach the agent's own debugger", "for p in /tmp/clr-debug-pipe-$PPID-* /tmp/dotnet-diagnostic-$PPID-*; do [ -e $p ] && echo ESCAPED; done"),
        new("io_uring", "perl -e '$p=pack(qq(x120)); syscall(425,1,$p) >= 0 and print qq(ESCAPED)'"),
        new("the kernel's keys", "perl -e 'syscall(250,0,-3,0) >= 0 and print qq(ESCAPED)'") { IsProvable = false },
        new("load a program into the kernel", "perl -e '$a=pack(qq(L4 x112),2,4,4,1); syscall(321,0,$a,128) >= 0 and print qq(ESCAPED)'") { NeedsRoot = true, IsProvable = false },
        new("type into the terminal", "perl -e '$c=qq(x); ioctl(STDIN,0x5412,$c) and print qq(ESCAPED)'") { IsProvable = false },
        new("watch the machine", "perl -e '$a=pack(qq(LLQ x112),1,128,0); syscall(298,$a,0,-1,-1,0) >= 0 and print qq(ESCAPED)'") { IsProvable = false },
    ];

    public static IEnumerable<Attempt> All => [.. Files, .. Protected.Select(a => a with { NeedsMounts = true }), .. Network, .. Processes];

    private static string Unix4(string kind, string port, string then) =>
        $"perl -e '{Unix}socket(S,AF_INET,{kind},0) and connect(S,sockaddr_in($ENV{{{port}}},INADDR_LOOPBACK)) and {then}'";
}
