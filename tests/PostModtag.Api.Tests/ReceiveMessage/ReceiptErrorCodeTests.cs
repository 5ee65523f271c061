using System.Net;
using System.Text;
using PostModtag.Application.Fagsystemer;
using PostModtag.Contract;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.ReceiveMessage;

/// <summary>Each code of the closed list can be provoked; a code without a row here fails the last test.</summary>
[Operation("ReceiveMessage")]
public sealed class ReceiptErrorCodeTests
{
    private const string LongName = "x";

    private static readonly Dictionary<ReceiptErrorCode, (ReceiptStatus Status, Func<TestMemo> Memo)> Provoked = new()
    {
        [ReceiptErrorCode.MEMO_VERSION_NOT_SUPPORTED] = (ReceiptStatus.INVALID, () => new TestMemo { MemoVersion = "1.3" }),
        [ReceiptErrorCode.SCHEMA_VIOLATION] = (ReceiptStatus.INVALID, () => new TestMemo { Label = new string('x', 257) }),
        [ReceiptErrorCode.STRUCTURE_LIMIT_EXCEEDED] = (ReceiptStatus.INVALID, () => new TestMemo { ExtraHeader = Nested(LongName, 100) }),
        [ReceiptErrorCode.SENDER_ID_INVALID] = (ReceiptStatus.INVALID, () => new TestMemo { SenderId = "011370-1234" }),
        [ReceiptErrorCode.RECIPIENT_ID_INVALID] = (ReceiptStatus.INVALID, () => new TestMemo { RecipientId = "DK90000001" }),
        [ReceiptErrorCode.BODY_MISSING] = (ReceiptStatus.INVALID, () => new TestMemo { HasBody = false }),
        [ReceiptErrorCode.FILE_NAME_NOT_ALLOWED] = (ReceiptStatus.INVALID, () => new TestMemo { Files = { ("../brev.txt", "text/plain", []) } }),
        [ReceiptErrorCode.FILE_TYPE_NOT_ALLOWED] = (ReceiptStatus.INVALID, () => new TestMemo { Files = { ("virus.exe", "application/x-msdownload", []) } }),
        [ReceiptErrorCode.RECIPIENT_NOT_SERVED] = (ReceiptStatus.NOT_ALLOWED, () => new TestMemo { RecipientId = "90000002" }),
        [ReceiptErrorCode.NO_RULE_MATCHED] = (ReceiptStatus.NOT_ALLOWED, () => new TestMemo { Label = "Til ingen" }),
        [ReceiptErrorCode.MESSAGE_UUID_REUSED] = (ReceiptStatus.NOT_ALLOWED, () => new TestMemo { MessageUuid = TakenUuid, Label = "En anden" }),
        [ReceiptErrorCode.REJECTED_BY_FAGSYSTEM] = (ReceiptStatus.NOT_ALLOWED, () => new TestMemo { Label = "Afvis mig" }),
        [ReceiptErrorCode.REJECTED_BY_AUTHORITY] = (ReceiptStatus.NOT_ALLOWED, () => new TestMemo { Label = "Vent på en medarbejder" }),
    };

    private const string TakenUuid = "6b1f3c52-8f0e-4a55-9d0c-3a1e5b7c9d11";

    public static TheoryData<ReceiptErrorCode> Codes => [.. Provoked.Keys];

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task The_code_can_be_provoked_and_the_message_is_kept_as_rejected(ReceiptErrorCode code)
    {
        var script = new Script
        {
            Answer = (delivery, _) => delivery.Header.Label switch
            {
                "Afvis mig" => Task.FromResult(FagsystemAnswer.Reject("Sagen er lukket.")),
                "Vent på en medarbejder" => throw new InvalidOperationException("ikke nu"),
                _ => Task.FromResult(FagsystemAnswer.Accept()),
            },
        };
        await using var server = await TestServer.StartAsync(script.Register, settings: "--PostModtag:ServedAuthorities:0=90000001");
        await server.PublishAsync(Setup.Rules(Setup.Rule("Alle andre", Script.FagsystemName, Setup.Without("label", ConditionOperator.Equals, "Til ingen"))));
        using var first = await server.PostAsync(new TestMemo { MessageUuid = TakenUuid }.ToBytes());
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        var (status, memo) = Provoked[code];
        var message = memo();
        if (code == ReceiptErrorCode.REJECTED_BY_AUTHORITY)
        {
            using var undecided = await server.PostAsync(message.ToBytes());
            await server.Messages.DecideMessageAsync(new MessageDecision { Action = MessageDecisionAction.REJECT, Reason = "Hører ikke til hos os." }, message.Uuid);
        }

        var answer = await server.PostModtag.ReceiveMessageAsync(new MemoryStream(message.ToBytes()), "application/xml", Guid.NewGuid(), CancellationToken.None);

        answer.Result.ErrorCode.ShouldBe(code.ToString());
        answer.Result.ReceiptStatus.ShouldBe(status);
        answer.Result.ErrorMessage.ShouldNotBeNullOrWhiteSpace();
        var kept = (await server.Messages.GetMessageAsync(message.Uuid)).Result;
        var receipt = code == ReceiptErrorCode.MESSAGE_UUID_REUSED ? kept.RefusedCopies.Single().Receipt : kept.Receipt!;
        receipt.ErrorCode.ShouldBe(code.ToString());
        receipt.TransmissionId.ShouldBe(answer.Result.TransmissionId);
    }

    [Fact]
    public void Every_code_of_the_contract_is_provoked_here() =>
        Provoked.Keys.ShouldBe(Enum.GetValues<ReceiptErrorCode>(), ignoreOrder: true);

    private static string Nested(string name, int depth) => new StringBuilder()
        .Insert(0, $"<{name}>", depth).Insert(depth * (name.Length + 2), $"</{name}>", depth).ToString();
}
