using PostModtag.Domain.Messages;
using PostModtag.Domain.Reconciliation;

namespace PostModtag.Domain.Tests.Reconciliation;

/// <summary>The days' records hold each other: none can be changed, taken out or put in without a trace.</summary>
public sealed class ReconciliationRecordTests
{
    private static readonly DateOnly Day = new(2026, 11, 23);
    private static readonly string Digest = new MessagesDigest().Sha256();

    private static readonly ReconciliationRecord First = ReconciliationRecord.Of("90000001", Day, new DayFacts(2, 5, 3, 1, 3, Digest), null);
    private static readonly ReconciliationRecord Second = ReconciliationRecord.Of("90000001", Day.AddDays(1), new DayFacts(3, 4, 6, 1, 0, Digest), First);

    [Fact]
    public void A_record_follows_the_one_of_the_day_before()
    {
        (First.Number, First.CarriedIn, First.PreviousSha256).ShouldBe((1, 2, ReconciliationRecord.NoneBefore));
        (Second.Number, Second.CarriedIn, Second.PreviousSha256).ShouldBe((2, 3, First.Sha256));
        First.FaultAfter(null).ShouldBeNull();
        Second.FaultAfter(First).ShouldBeNull();
    }

    /// <summary>The lines that the contract describes, hashed by another program: sha256sum.</summary>
    [Fact]
    public void Its_hash_is_of_the_lines_that_the_contract_says()
    {
        Digest.ShouldBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        First.Sha256.ShouldBe("8e003da4301e1d851340ddb75ba365d53721f9138a65c95d4800c6fd6f62c4fa");
    }

    [Fact]
    public void Whatever_is_changed_in_a_record_shows()
    {
        foreach (var changed in new[]
        {
            First with { Received = 6 }, First with { Accepted = 4 }, First with { Rejected = 0 }, First with { Held = 2 }, First with { CarriedIn = 1 },
            First with { Day = Day.AddDays(-1) }, First with { Authority = "90000002" }, First with { MessagesSha256 = ReconciliationRecord.NoneBefore },
        })
            changed.FaultAfter(null).ShouldBe("it has been changed: its hash is not that of what it says");
    }

    [Fact]
    public void A_record_that_was_made_anew_with_other_numbers_shows_in_the_next()
    {
        var forged = ReconciliationRecord.Of("90000001", Day, new DayFacts(2, 4, 2, 1, 3, Digest), null);
        forged.FaultAfter(null).ShouldBeNull();
        Second.FaultAfter(forged).ShouldBe("the record before it has been changed: its hash is not the one that this record has of it");
    }

    [Fact]
    public void A_record_that_is_missing_shows_in_the_next() =>
        Second.FaultAfter(null).ShouldBe("a record before it is missing: number 2 of 2026-11-24 follows none");

    [Fact]
    public void A_day_that_does_not_add_up_says_so()
    {
        var lost = ReconciliationRecord.Of("90000001", Day.AddDays(1), new DayFacts(3, 4, 5, 1, 0, Digest), First);
        lost.IsBalanced.ShouldBeFalse();
        lost.FaultAfter(First).ShouldBe("it does not add up: 3 carried in and 4 received are not 5 accepted, 1 rejected and 0 held");
    }

    [Fact]
    public void The_digest_tells_which_messages_with_which_bytes_and_which_receipts_whatever_their_order()
    {
        var (one, other) = (Guid.Parse("e0000000-0000-4000-8000-000000000001"), Guid.Parse("e0000000-0000-4000-8000-000000000002"));
        string Of(params Action<MessagesDigest>[] facts)
        {
            var digest = new MessagesDigest();
            foreach (var fact in facts)
                fact(digest);
            return digest.Sha256();
        }

        var all = Of(digest => digest.Received(one, "aa"), digest => digest.Decided(other, ReceiptStatus.Completed, one));
        all.ShouldBe(Of(digest => digest.Decided(other, ReceiptStatus.Completed, one), digest => digest.Received(one, "aa")));
        all.ShouldNotBe(Of(digest => digest.Received(one, "ab"), digest => digest.Decided(other, ReceiptStatus.Completed, one)));
        all.ShouldNotBe(Of(digest => digest.Received(one, "aa"), digest => digest.Decided(other, ReceiptStatus.Invalid, one)));
        all.ShouldNotBe(Of(digest => digest.Received(one, "aa")));
    }
}
