using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Npgsql;
using PostModtag.Benchmarks.Measuring;
using PostModtag.Benchmarks.Serving;
using PostModtag.Testing;

namespace PostModtag.Benchmarks.Rows;

/// <summary>
/// Row 15: a page of messages by sender, contact point or title, among very many, over HTTP; beside the same question, for the same
/// columns, put to the database's own program, which says how long it took.
/// </summary>
internal static partial class Searching
{
    private const int Values = 10_000;
    private const string SenderKey = "Summary_SenderKey";
    private const string KeysTable = "SenderKeysOfBenchmark";
    private const int Questions = 60;
    private const double Milli = 1000;

    private const string Shown = """
        "Id", "MessageUuid", "ReceivedAt", "State", "Concern", "MemoVersion", "Fagsystem", "Receipt_ErrorCode", "Xml_Length",
        "Summary_MessageId", "Summary_MessageType", "Summary_SenderId", "Summary_SenderLabel", "Summary_RecipientId", "Summary_ContactPointId", "Summary_Label",
        (SELECT COUNT(*) FROM "MessageFiles" WHERE "MessageId" = "Messages"."Id")
        """;

    // What each of the columns that are looked for has in row i, how it is asked for, and what follows the last that begins so.
    private static readonly (string Query, string Column, Func<int, string> Value, string? End)[] Searches =
    [
        ("sender", SenderKey, value => $"01137{value:00000}", null),
        ("contactPoint", "Summary_ContactPointId", value => $"kontakt-{value:00000}", null),
        ("label", "Summary_FoldedLabel", value => $"SAG {value:00000}", "~"),
    ];

    public static async Task<IReadOnlyList<Figure>> RunAsync(Scale scale) => [await SqliteAsync(scale), await PostgreSqlAsync(scale)];

    private static async Task<Figure> SqliteAsync(Scale scale)
    {
        using var servers = new Servers();
        await OneMessageAsync(await servers.OwnAsync());
        servers.Stop();
        var file = Path.Combine(servers.OwnFolder, "postmodtag.db");
        IReadOnlyList<string> senderKeys;
        await using (var database = new SqliteConnection($"Data Source={file};Pooling=false"))
        {
            await database.OpenAsync();
            var columns = await AskAsync(database, "SELECT name FROM pragma_table_info('Messages')");
            senderKeys = await KeepSenderKeysAsync(database, servers.OwnFolder, null);
            await AskAsync(database, $"""
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {scale.Messages})
                {Fill(columns, "printf('%08X-0000-4000-8000-%012X', i, i)", begin => $"printf('{begin}%05d', i % {Values})")} FROM n, "Messages" AS m WHERE m."Id" = 1
                """);
        }

        var address = await servers.OwnAsync();
        return await MeasureAsync(scale, "SQLite", "sqlite3", address, senderKeys, questions => Run("sqlite3", ["-readonly", file], $".timer on\n.output /dev/null\n{questions}", SqliteTime(), 1 / Milli));
    }

    private static async Task<Figure> PostgreSqlAsync(Scale scale)
    {
        var connection = TestDatabase.Create();
        using var servers = new Servers();
        var address = await servers.OwnAsync(("PostModtag__PostgreSql", connection));
        await OneMessageAsync(address);
        IReadOnlyList<string> senderKeys;
        await using (var database = new NpgsqlConnection($"{connection};Pooling=false;Command Timeout=3600"))
        {
            await database.OpenAsync();
            var columns = await AskAsync(database, "SELECT column_name FROM information_schema.columns WHERE table_name = 'Messages'");
            senderKeys = await KeepSenderKeysAsync(database, servers.OwnFolder, connection);
            await AskAsync(database, $"""
                {Fill(columns, "('00000000-0000-4000-8000-' || lpad(to_hex(i), 12, '0'))::uuid", begin => $"'{begin}' || lpad((i % {Values})::text, 5, '0')")} FROM generate_series(1, {scale.Messages}) AS i, "Messages" AS m WHERE m."Id" = 1
                """);
            await AskAsync(database, "VACUUM ANALYZE \"Messages\"");
        }

        var at = new NpgsqlConnectionStringBuilder(connection);
        return await MeasureAsync(
            scale, "PostgreSQL", "psql", address, senderKeys,
            questions => Run("psql", ["-h", at.Host!, "-U", at.Username!, "-d", at.Database!, "-q", "-o", "/dev/null"], $"\\timing on\n{questions}", PostgreSqlTime(), 1));
    }

    private static async Task<Figure> MeasureAsync(Scale scale, string name, string program, Uri address, IReadOnlyList<string> senderKeys, Func<string, IReadOnlyList<double>> ask)
    {
        using var client = new HttpClient { BaseAddress = address };
        var random = new Random(1606);

        // The first seconds are the compiler's.
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < scale.Seconds * 4;)
            await AskAsync(client, random.Next(Searches.Length), random);
        var rounds = await Rounds.TakeAsync(
            scale.Rounds,
            async () =>
            {
                var taken = new List<double>();
                for (var i = 0; i < Questions; i++)
                {
                    var start = Stopwatch.GetTimestamp();
                    await AskAsync(client, i % Searches.Length, random);
                    taken.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }

                return P95(taken);
            },
            () => Task.FromResult(P95(ask(string.Join('\n', Enumerable.Range(0, Questions).Select(i => Question(Searches[i % Searches.Length], random.Next(Values), senderKeys)))))));
        return new Figure(
            15, $"find 50 of {Goal.Number(scale.Messages)} messages on {name}, p95", $"{Goal.Number(rounds.Of(0))} ms", $"{program} {Goal.Number(rounds.Of(1))} ms",
            rounds.Of(figures => figures[0] / figures[1]), Goal.AtMost(3)) { Also = rounds.Of(0) <= 50 ? "≤ 50 ms" : "> 50 ms" };
    }

    private static async Task AskAsync(HttpClient client, int search, Random random)
    {
        var (query, _, value, _) = Searches[search];
        using var answer = await client.GetAsync(new Uri($"messages?pageSize=50&{query}={Uri.EscapeDataString(value(random.Next(Values)))}", UriKind.Relative));
        if (!(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).Contains("messageUUID", StringComparison.Ordinal))
            throw new InvalidOperationException($"Nothing was found by {query}.");
    }

    private static string Question((string Query, string Column, Func<int, string> Value, string? End) search, int number, IReadOnlyList<string> senderKeys)
    {
        var value = search.Column == SenderKey ? senderKeys[number] : search.Value(number);
        var isSo = search.End is { } end ? $"BETWEEN '{value}' AND '{value}{end}'" : $"= '{value}'";
        return $"""SELECT {Shown} FROM "Messages" WHERE "{search.Column}" {isSo} ORDER BY "Id" DESC LIMIT 50;""".ReplaceLineEndings(" ");
    }

    private static string Fill(IReadOnlyList<string> columns, string uuid, Func<string, string> numbered)
    {
        var filled = columns.Where(column => column != "Id").ToList();
        return $"""
            INSERT INTO "Messages" ({string.Join(", ", filled.Select(column => $"\"{column}\""))})
            SELECT {string.Join(", ", filled.Select(column => column == "MessageUuid" ? uuid
                : column == SenderKey ? $"""(SELECT k."Key" FROM "{KeysTable}" AS k WHERE k."Number" = i % {Values})"""
                : Searches.FirstOrDefault(search => search.Column == column) is { Value: { } value } ? numbered(value(0)[..^5]) : $"m.\"{column}\""))}
            """;
    }

    /// <summary>A table of the keys of all senders' ids, by which rows are filled.</summary>
    private static async Task<IReadOnlyList<string>> KeepSenderKeysAsync(System.Data.Common.DbConnection database, string dataFolder, string? postgreSql)
    {
        var ids = Searches.Single(search => search.Column == SenderKey).Value;
        var keys = await SenderKeys.OfAsync(Enumerable.Range(0, Values).Select(ids), dataFolder, postgreSql);
        await AskAsync(database, $"""CREATE TABLE "{KeysTable}" ("Number" integer PRIMARY KEY, "Key" text)""");
        await AskAsync(database, $"""INSERT INTO "{KeysTable}" VALUES {string.Join(", ", keys.Select((key, number) => $"({number}, '{key}')"))}""");
        return keys;
    }

    private static async Task OneMessageAsync(Uri address)
    {
        var (body, uuidAt) = Bodies.Of(4_000);
        await new LoadDriver(address, body, uuidAt).PostAsync(1, 1);
    }

    private static async Task<IReadOnlyList<string>> AskAsync(System.Data.Common.DbConnection database, string sql)
    {
        await using var command = database.CreateCommand();
#pragma warning disable CA2100 // It is made of the database's own names.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.CommandTimeout = 3600;
        var found = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            found.Add(reader.GetString(0));
        return found;
    }

    private static List<double> Run(string program, IEnumerable<string> arguments, string input, Regex time, double unit)
    {
        using var process = Start(program, arguments);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        List<double> times = [.. time.Matches(output).Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) / unit)];
        return times.Count > 0 ? times : throw new InvalidOperationException($"{program} does not say how long it took.");
    }

    private static Process Start(string program, IEnumerable<string> arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new MissingToolException($"{program} is missing: install it (Debian and Ubuntu: apt-get install sqlite3 postgresql-client) and try again.");
        }
    }

    private static double P95(IEnumerable<double> values)
    {
        List<double> sorted = [.. values.Order()];
        return sorted[(int)Math.Ceiling(sorted.Count * 0.95) - 1];
    }

    [GeneratedRegex(@"real (\d+\.\d+)")]
    private static partial Regex SqliteTime();

    [GeneratedRegex(@"^Time: (\d+\.\d+) ms", RegexOptions.Multiline)]
    private static partial Regex PostgreSqlTime();
}
