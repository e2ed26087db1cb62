using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Codex.Bench.Micro;

// In this process: the default toolchain builds a project of its own, outside of what this solution pins and prunes.
var job = Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).WithGcServer(false);
var config = ManualConfig.CreateEmpty()
    .AddJob(job)
    .AddLogger(ConsoleLogger.Default)
    .AddExporter(MarkdownExporter.Default)
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddColumn(new OutputBytesColumn())
    .AddDiagnoser(MemoryDiagnoser.Default);

BenchmarkSwitcher.FromAssembly(typeof(ChunkBenchmarks).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
