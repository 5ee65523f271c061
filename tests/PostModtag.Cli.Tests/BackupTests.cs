using System.Collections.Concurrent;

namespace PostModtag.Cli.Tests;

/// <summary>The drill: a backup that is taken while messages come is brought back elsewhere, and what was answered before it is all there.</summary>
public sealed class BackupTests : IAsyncLifetime
{
    private const int Senders = 4;
    private const int Before = 12;

    private readonly string _parent = Directory.CreateTempSubdirectory("postmodtag-backup-").FullName;
    private readonly string? _otherDatabase = TestDatabase.IsPostgreSql ? TestDatabase.Create() : null;

    private string DataFolder => Path.Combine(_parent, "data");

    private string Backup => Path.Combine(_parent, "backup");

    private string Restored => Path.Combine(_parent, "restored");

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        Directory.Delete(_parent, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task What_was_answered_before_a_backup_is_in_it_and_comes_back_with_the_same_receipts()
    {
        var answered = new ConcurrentQueue<(TestMemo Memo, string Receipt)>();
        await using (var server = await TestServer.StartAsync(dataFolder: DataFolder))
        {
            await server.RegisterAsync("sager");
            await server.Fagsystemer.SetFagsystemCredentialAsync(new Contract.Administration.FagsystemCredential { Token = "hemmeligt" }, "sager", "Bente");
            using var stop = new CancellationTokenSource();
            var sending = Enumerable.Range(0, Senders).Select(sender => SendAsync(server, sender, answered, stop.Token)).ToList();
            await Eventually.BeSoAsync(() => answered.Count >= Before);
            var before = answered.Count;

            var (code, output, error) = await Running.RunAsync(["backup", Backup, .. Running.For(DataFolder)]);
            (code, error).ShouldBe((0, ""));
            output.ShouldContain($" are in {Backup}");
            await Eventually.BeSoAsync(() => answered.Count > before + Senders, () => "Messages do not come any more.");
            await stop.CancelAsync();
            await Task.WhenAll(sending);

            (await Running.RunAsync(["backup", Backup, .. Running.For(DataFolder)])).ShouldBe((1, "", $"The folder {Backup} is not empty. Name one that is not there yet: each backup has a folder of its own.{Environment.NewLine}"));
            (await Running.RunAsync(["verify", .. Running.For(DataFolder)])).Output.ShouldContain(": all is as it must be.");
            while (answered.Count > before)
                answered = new ConcurrentQueue<(TestMemo, string)>(answered.Take(before));
        }

        (await Running.RunAsync("verify", "--backup", Backup)).Code.ShouldBe(0);
        var restored = await Running.RunAsync(["restore", Backup, .. Running.For(Restored, _otherDatabase)]);
        (restored.Code, restored.Error).ShouldBe((0, ""));
        (await Running.RunAsync(["restore", Backup, .. Running.For(Restored, _otherDatabase)])).Code.ShouldBe(1);

        await using (var server = await TestServer.StartAsync(dataFolder: Restored, settings: Running.For(Restored, _otherDatabase)[1..].Where((_, i) => i % 2 == 0).Select(setting => $"--PostModtag:{setting}").ToArray()))
        {
            foreach (var (memo, receipt) in answered)
            {
                (await server.Client.GetByteArrayAsync($"messages/{memo.MessageUuid}/xml")).ShouldBe(memo.ToBytes());
                using var again = await server.PostAsync(memo.ToBytes());
                (await again.Content.ReadAsStringAsync()).ShouldBe(receipt);
            }

            (await server.Fagsystemer.GetFagsystemConnectionAsync("sager")).Result.Presented.ShouldNotBeNull();
            var verified = await Running.RunAsync(["verify", .. Running.For(Restored, _otherDatabase)]);
            verified.Output.ShouldContain(": all is as it must be.");
            verified.Code.ShouldBe(0);
        }
    }

    [Fact]
    public async Task A_backup_that_is_damaged_or_not_whole_is_not_brought_back()
    {
        await using (var server = await TestServer.StartAsync(dataFolder: DataFolder))
            await server.PostAsync(new TestMemo().ToBytes());
        (await Running.RunAsync(["backup", Backup, .. Running.For(DataFolder)])).Code.ShouldBe(0);
        var file = Directory.EnumerateFiles(Backup, "*", SearchOption.AllDirectories).First(file => !file.EndsWith("backup.json", StringComparison.Ordinal));
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);

        (await Running.RunAsync(["restore", Backup, .. Running.For(Restored, _otherDatabase)])).ShouldBe(
            (1, "", $"The file {file} of the backup is missing or damaged. Take another backup, or another copy of this one.{Environment.NewLine}"));
        Directory.Exists(Restored).ShouldBeFalse();
        File.Delete(Path.Combine(Backup, "backup.json"));
        (await Running.RunAsync(["restore", Backup, .. Running.For(Restored, _otherDatabase)])).Error.ShouldStartWith($"{Backup} is no whole backup: ");
    }

    [Fact]
    public async Task A_backup_is_for_its_own_user_only()
    {
        await using (var server = await TestServer.StartAsync(dataFolder: DataFolder))
            await server.PostAsync(new TestMemo().ToBytes());
        (await Running.RunAsync(["backup", Backup, .. Running.For(DataFolder)])).Code.ShouldBe(0);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Backup).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Sends small messages and large ones, until it is told to stop.</summary>
    private static async Task SendAsync(TestServer server, int sender, ConcurrentQueue<(TestMemo, string)> answered, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var memo = new TestMemo();
            if (i % Senders == sender)
                memo.Files.Add(("bilag.bin", "image/png", [.. Enumerable.Range(0, 400_000).Select(number => (byte)(number * (i + 3)))]));
            using var answer = await server.PostAsync(memo.ToBytes());
            answer.EnsureSuccessStatusCode();
            answered.Enqueue((memo, await answer.Content.ReadAsStringAsync(CancellationToken.None)));
        }
    }
}
