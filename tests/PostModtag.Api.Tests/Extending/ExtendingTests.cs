using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PostModtag.Api.Tests.Extending.Samples;
using PostModtag.Application;
using PostModtag.Application.Deliveries;
using PostModtag.Application.Memo;
using PostModtag.Application.ReceiveMessage;
using PostModtag.Application.Storage;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Extending;

/// <summary>What docs/extending.md shows compiles, does what it says when it is registered with the line that it shows, and is what the page shows.</summary>
public sealed class ExtendingTests : IDisposable
{
    private const string Case = "<memo:ContentData><memo:CaseID><memo:caseID>2026-117</memo:caseID><memo:caseSystem>Journal</memo:caseSystem></memo:CaseID></memo:ContentData>";

    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-extending-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_fagsystem_takes_a_message_with_a_case_once_and_rejects_one_without()
    {
        var database = new JournalDatabase();
        await using var server = await StartAsync(builder =>
        {
            builder.Services.AddSingleton(database);
            builder.Services.AddFagsystem<Journal>("journal");
        });
        var withCase = new TestMemo { ExtraHeader = Case };

        using var accepted = await server.PostAsync(withCase.ToBytes(), "application/json");
        using var rejected = await server.PostAsync(new TestMemo().ToBytes(), "application/json");

        (await accepted.JsonAsync()).Text("receiptStatus").ShouldBe("COMPLETED");
        (await rejected.JsonAsync()).Text("errorMessage").ShouldBe("Meddelelsen har intet sagsnummer.");
        database.Letters.ShouldHaveSingleItem();
        database.Letters[withCase.Uuid].ShouldBe(("2026-117", "Kære kommune"));
    }

    [Fact]
    public async Task A_check_of_ones_own_rejects_in_its_words_what_has_passed_ours_also_when_a_message_is_tried()
    {
        await using var server = await StartAsync(builder =>
        {
            builder.Services.AddMessageValidator<OnlyWithCase>();
        });
        var without = new TestMemo().ToBytes();

        using var accepted = await server.PostAsync(new TestMemo { ExtraHeader = Case }.ToBytes(), "application/json");
        using var rejected = await server.PostAsync(without, "application/json");
        using var wrongForUs = await server.PostAsync(new TestMemo { SenderId = "1" }.ToBytes(), "application/json");

        (await accepted.JsonAsync()).Text("receiptStatus").ShouldBe("COMPLETED");
        var receipt = await rejected.JsonAsync();
        (receipt.Text("receiptStatus"), receipt.Text("errorCode")).ShouldBe(("NOT_ALLOWED", "REJECTED_BY_AUTHORITY"));
        receipt.Text("errorMessage").ShouldNotBeNull().ShouldContain("/memo:Message/memo:MessageHeader/memo:ContentData/memo:CaseID: forventede et sagsnummer.");
        (await wrongForUs.JsonAsync()).Text("errorCode").ShouldBe("SENDER_ID_INVALID");

        var tried = await Should.ThrowAsync<AdministrationException<AdministrationProblem>>(() => server.Explanations.ExplainAsync(Setup.Authority, without));
        tried.Result.Errors.ShouldNotBeNull().Single().Place.ShouldBe("/memo:Message/memo:MessageHeader/memo:ContentData/memo:CaseID");
    }

    [Fact]
    public async Task A_check_that_does_not_say_what_it_reports_rejects_nothing_and_its_text_is_not_written_anywhere()
    {
        await using var server = await StartAsync(builder =>
        {
            builder.Services.AddMessageValidator<WithoutReports>();
        });

        using var response = await server.PostAsync(new TestMemo { Label = "Hemmelighed" }.ToBytes());

        ((int)response.StatusCode).ShouldBe(503);
        (await response.Content.ReadAsStringAsync()).ShouldNotContain("Hemmelighed");
        server.Log.Lines.ShouldContain(line => line.Contains("A rule on MessageHeader.Label", StringComparison.Ordinal));
        server.Log.Lines.ShouldAllBe(line => !line.Contains("Hemmelighed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_behaviour_of_ones_own_is_around_the_receiving_of_messages()
    {
        var clock = new MovedClock(new DateTimeOffset(2026, 11, 24, 2, 30, 0, TimeSpan.Zero));
        await using var server = await StartAsync(builder =>
        {
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
            builder.Services.AddTransient<IPipelineBehavior<ReceiveMessageCommand, ReceiveMessageResult>, NightRest>();
        });
        var memo = new TestMemo().ToBytes();

        using var atNight = await server.PostAsync(memo);
        clock.Now += TimeSpan.FromHours(1);
        using var later = await server.PostAsync(memo);

        ((int)atNight.StatusCode, atNight.Headers.RetryAfter?.Delta).ShouldBe((503, TimeSpan.FromHours(1)));
        ((int)later.StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task A_store_of_ones_own_is_put_around_ours()
    {
        await using var fagsystem = await StandInFagsystem.StartAsync();
        await using var server = await StartAsync(builder =>
        {
            builder.Services.AddSingleton<IVault>(new Vault());
            builder.Services.Decorate<ICredentialStore>((ours, services) => new VaultCredentials(ours, services.GetRequiredService<IVault>()));
        });
        await server.RegisterRestAsync("esdh", fagsystem.Url);
        await server.PublishAsync(Setup.Everything("esdh"));
        await server.Fagsystemer.SetFagsystemCredentialAsync(new FagsystemCredential { Scheme = "Vault", Token = "post/esdh" }, "esdh");

        using var response = await server.PostAsync(new TestMemo().ToBytes());

        ((int)response.StatusCode).ShouldBe(200);
        fagsystem.Calls.ShouldHaveSingleItem().Header("Authorization").ShouldBe("Bearer hemmelighed-fra-post/esdh");
    }

    [Fact]
    public async Task A_way_of_ones_own_to_deliver_takes_the_fagsystemer_that_it_is_for_and_ours_the_others()
    {
        await using var fagsystem = await StandInFagsystem.StartAsync();
        var folder = _folder;
        await using var server = await StartAsync(builder =>
        {
            builder.Services.Decorate<IRestFagsystem>((http, services) => new FolderDelivery(http, services.GetRequiredService<IContentStore>(), folder));
        });
        await server.RegisterRestAsync("arkiv", "http://localhost:1/PostModtag");
        await server.RegisterRestAsync("esdh", fagsystem.Url);
        await server.PublishAsync(Setup.Rules(
            Setup.Rule("Til arkivet", "arkiv", Setup.When("label", ConditionOperator.Equals, "Arkiv")), Setup.Rule("Resten", "esdh")));
        var archived = new TestMemo { Label = "Arkiv" };

        using var first = await server.PostAsync(archived.ToBytes(), "application/json");
        using var second = await server.PostAsync(new TestMemo().ToBytes(), "application/json");

        (await first.JsonAsync()).Text("receiptStatus").ShouldBe("COMPLETED");
        (await second.JsonAsync()).Text("receiptStatus").ShouldBe("COMPLETED");
        Path.GetFileName(Directory.GetFiles(folder).ShouldHaveSingleItem()).ShouldBe($"{archived.Uuid}.xml");
        (await File.ReadAllBytesAsync(Directory.GetFiles(folder)[0])).ShouldBe(archived.ToBytes());
        fagsystem.Calls.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_is_registered_after_ours_takes_its_place()
    {
        await using var server = await StartAsync(builder =>
        {
            builder.Services.AddSingleton<IMemoReader, OurReader>();
        });

        using var response = await server.PostAsync(new TestMemo().ToBytes());

        ((int)response.StatusCode).ShouldBe(400);
    }

    [Fact]
    public void There_must_be_a_part_to_put_something_around() =>
        Should.Throw<InvalidOperationException>(() => new ServiceCollection().Decorate<IRestFagsystem>((part, _) => part)).Message.ShouldContain(nameof(IRestFagsystem));

    [Fact]
    public async Task A_part_within_another_is_made_and_disposed_of_as_before_however_it_was_registered()
    {
        var (instance, made) = (new Part("instance"), new List<Part>());
        foreach (var register in new Action<IServiceCollection>[]
        {
            services => services.AddSingleton<IPart>(instance),
            services => services.AddSingleton<IPart>(_ => Noted(made, new Part("factory"))),
            services => services.AddScoped<IPart, PartByType>(),
        })
        {
            var services = new ServiceCollection();
            register(services);
            services.Decorate<IPart>((inner, _) => new Around(inner)).Decorate<IPart>((inner, _) => new Around(inner));
            Part within;
            await using (var provider = services.BuildServiceProvider(validateScopes: true))
            {
                await using var scope = provider.CreateAsyncScope();
                within = ((Around)((Around)scope.ServiceProvider.GetRequiredService<IPart>()).Inner).Inner.ShouldBeAssignableTo<Part>()!;
                within.IsDisposed.ShouldBeFalse();
            }

            within.IsDisposed.ShouldBe(within != instance, within.Name);
        }

        made.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_page_shows_the_code_that_is_tested_here()
    {
        var folder = Repository.PathOf("tests", "PostModtag.Api.Tests", "Extending");
        var code = Lines(string.Concat(Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText)));
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs", "extending.md"));
        var shown = page.Split("```csharp\n")[1..].Select(block => Lines(block.Split("```")[0])).ToList();

        shown.Count.ShouldBe(11);
        foreach (var block in shown)
            code.ShouldContain(block);
    }

    private static Task<TestServer> StartAsync(Action<Host> extend) => TestServer.StartAsync(services => extend(new Host(services)));

    // How deep a line is indented depends on what is around it.
    private static string Lines(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()));

    private static T Noted<T>(List<T> list, T value)
    {
        list.Add(value);
        return value;
    }

    /// <summary>So that the lines are those of a Program.cs.</summary>
    private sealed record Host(IServiceCollection Services);

    private sealed class Vault : IVault
    {
        public string Read(string name) => $"hemmelighed-fra-{name}";
    }

    private sealed class WithoutReports : FluentValidation.AbstractValidator<Domain.Memo.MemoMessage>
    {
        public WithoutReports() => FluentValidation.DefaultValidatorExtensions.Equal(RuleFor(message => message.MessageHeader.Label), "noget andet");
    }

    private sealed class OurReader : IMemoReader
    {
        public Task<MemoReading> ReadAsync(Stream body, System.Text.Encoding? charset, CancellationToken cancellationToken) =>
            Task.FromResult<MemoReading>(new MemoReading.NotAMessage(NotAMessageReason.NotXml, 1, 1));
    }

    private interface IPart;

    private class Part(string name) : IPart, IDisposable
    {
        public string Name => name;

        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class PartByType() : Part("type");

    private sealed class Around(IPart inner) : IPart
    {
        public IPart Inner => inner;
    }
}
