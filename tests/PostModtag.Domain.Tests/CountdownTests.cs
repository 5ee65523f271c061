using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Guard;

namespace PostModtag.Domain.Tests;

/// <summary>The seven days after which Digital Post deactivates a receiving system that takes nothing.</summary>
public sealed class CountdownTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 15, 30, TimeSpan.Zero);

    public static TheoryData<double, CountdownLevel, int> Boundaries => new()
    {
        { -0.5, CountdownLevel.Ok, 0 },
        { 0, CountdownLevel.Ok, 0 },
        { 1 - Millisecond, CountdownLevel.Ok, 0 },
        { 1, CountdownLevel.Warning, 1 },
        { 2 - Millisecond, CountdownLevel.Warning, 1 },
        { 6 - Millisecond, CountdownLevel.Warning, 5 },
        { 6, CountdownLevel.Critical, 6 },
        { 7 - Millisecond, CountdownLevel.Critical, 6 },
        { 7, CountdownLevel.Overdue, 7 },
        { 400, CountdownLevel.Overdue, 400 },
    };

    private const double Millisecond = 1.0 / 86_400_000;

    [Theory]
    [MemberData(nameof(Boundaries))]
    public void It_warns_from_the_first_day_is_critical_from_the_sixth_and_over_with_the_seventh(double daysAgo, CountdownLevel level, int days)
    {
        var decidedAt = DaysAgo(daysAgo);
        var countdown = OfAuthority(new Taken(decidedAt, decidedAt));

        (countdown.Level, countdown.Days, countdown.IsQuiet).ShouldBe((level, days, daysAgo >= 1));
        (countdown.QuietSince, countdown.DeactivatedAt).ShouldBe((decidedAt, decidedAt.AddDays(7)));
        countdown.Cause.ShouldBe(daysAgo >= 1 ? CountdownCause.NothingCame : null);
    }

    [Theory]
    [MemberData(nameof(Boundaries))]
    public void Messages_that_wait_for_a_fagsystem_count_down_the_same_days(double daysAgo, CountdownLevel level, int days)
    {
        var countdown = OfFagsystem(new Taken(Now, null, DaysAgo(daysAgo), 3));
        (countdown.Level, countdown.Days).ShouldBe((level, days));
        countdown.Cause.ShouldBe(daysAgo >= 1 ? CountdownCause.NothingDecided : null);
    }

    [Fact]
    public void For_an_authority_it_counts_from_the_last_decision_also_when_something_came_later()
    {
        var countdown = OfAuthority(new Taken(DaysAgo(1), DaysAgo(3), DaysAgo(2), 2));
        (countdown.QuietSince, countdown.Cause).ShouldBe((DaysAgo(3), CountdownCause.NothingDecided));
        countdown.Text.English.ShouldBe("2 messages wait, the oldest since 2026-11-21 10:15 UTC, and none has been decided since 2026-11-20 10:15 UTC, 3 days ago. " +
            "Digital Post deactivates the receiving system on 2026-11-27 10:15 UTC unless something is decided before.");
        countdown.Text.Danish.ShouldStartWith("2 meddelelser venter, den ældste siden 2026-11-21 10:15 UTC, og ingen er blevet afgjort siden 2026-11-20 10:15 UTC, for 3 dage siden.");
    }

    [Fact]
    public void Without_any_decision_an_authority_s_counts_from_when_it_was_served_or_had_its_first_message()
    {
        OfAuthority(Taken.Nothing, DaysAgo(2)).QuietSince.ShouldBe(DaysAgo(2));
        OfAuthority(new Taken(DaysAgo(1), null, DaysAgo(1), 1), DaysAgo(2)).QuietSince.ShouldBe(DaysAgo(2));
        OfAuthority(new Taken(DaysAgo(1), null, DaysAgo(4), 1), DaysAgo(2)).QuietSince.ShouldBe(DaysAgo(4));
        OfAuthority(new Taken(DaysAgo(1), null, DaysAgo(4), 1), servedSince: null).QuietSince.ShouldBe(DaysAgo(4));
        OfAuthority(new Taken(DaysAgo(1), DaysAgo(1)), DaysAgo(9)).QuietSince.ShouldBe(DaysAgo(1));
    }

    [Theory]
    [InlineData(59, CountdownCause.NothingCame)]
    [InlineData(60, CountdownCause.NothingDecided)]
    public void A_message_that_has_just_come_after_quiet_days_is_not_said_to_be_left_undecided(int minutesAgo, CountdownCause cause)
    {
        var countdown = OfAuthority(new Taken(Now, DaysAgo(2), Now.AddMinutes(-minutesAgo), 1));
        (countdown.Level, countdown.Cause).ShouldBe((CountdownLevel.Warning, cause));
        countdown.Text.English.ShouldStartWith(cause == CountdownCause.NothingCame ? "Nothing has been decided since 2026-11-21 10:15 UTC, 2 days ago; 1 message has just come." : "1 message waits, the oldest since");
    }

    [Fact]
    public void Where_nothing_came_the_text_says_what_that_may_come_of()
    {
        var countdown = OfAuthority(new Taken(DaysAgo(1), DaysAgo(1)));
        countdown.Text.English.ShouldBe("Nothing has come since 2026-11-22 10:15 UTC, 1 day ago. Perhaps there was no post; perhaps the way from Digital Post to this server is broken. " +
            "Digital Post deactivates the receiving system on 2026-11-29 10:15 UTC unless something is decided before.");
        countdown.Text.Danish.ShouldStartWith("Der er ikke kommet noget siden 2026-11-22 10:15 UTC, for 1 dag siden.");
        OfAuthority(new Taken(DaysAgo(8), DaysAgo(8))).Text.English.ShouldEndWith("Digital Post may have deactivated the receiving system on 2026-11-22 10:15 UTC.");
    }

    [Fact]
    public void For_a_fagsystem_it_counts_from_when_messages_wait_and_not_from_the_time_when_none_came()
    {
        OfFagsystem(new Taken(DaysAgo(0.1), DaysAgo(5), DaysAgo(0.1), 1)).Level.ShouldBe(CountdownLevel.Ok);
        OfFagsystem(new Taken(DaysAgo(0.1), DaysAgo(5), DaysAgo(2), 1)).QuietSince.ShouldBe(DaysAgo(2));
        OfFagsystem(new Taken(DaysAgo(0.1), DaysAgo(2), DaysAgo(5), 1)).QuietSince.ShouldBe(DaysAgo(2));
    }

    [Fact]
    public void A_fagsystem_that_used_to_have_messages_warns_for_seven_days_and_then_counts_as_unused()
    {
        var countdown = OfFagsystem(new Taken(DaysAgo(6.5), DaysAgo(6.5)));
        (countdown.Level, countdown.Cause).ShouldBe((CountdownLevel.Warning, CountdownCause.NothingCame));
        countdown.Text.English.ShouldContain("perhaps the rules send it elsewhere now. If nothing comes before 2026-11-23 22:15 UTC, it no longer counts as being used.");

        var unused = OfFagsystem(new Taken(DaysAgo(7), DaysAgo(7)));
        (unused.Level, unused.QuietSince, unused.DeactivatedAt, unused.Days, unused.Cause).ShouldBe((CountdownLevel.None, null, null, 0, null));
        unused.Text.English.ShouldStartWith("Nothing has come for seven days");
    }

    [Fact]
    public void A_fagsystem_that_never_had_a_message_has_no_countdown()
    {
        var countdown = OfFagsystem(Taken.Nothing);
        (countdown.Level, countdown.QuietSince).ShouldBe((CountdownLevel.None, null));
        countdown.Text.English.ShouldStartWith("Nothing has come yet");
    }

    [Fact]
    public void A_paused_fagsystem_counts_down_only_while_messages_wait()
    {
        var idle = OfFagsystem(new Taken(DaysAgo(2), DaysAgo(2)), FagsystemState.Paused);
        idle.Level.ShouldBe(CountdownLevel.None);
        idle.Text.English.ShouldStartWith("The fagsystem is paused, and no message waits");

        var waiting = OfFagsystem(new Taken(DaysAgo(2), DaysAgo(3), DaysAgo(2), 1), FagsystemState.Paused);
        (waiting.Level, waiting.Cause).ShouldBe((CountdownLevel.Warning, CountdownCause.NothingDecided));
        waiting.Text.English.ShouldContain("The fagsystem is paused. Digital Post deactivates");
        OfFagsystem(waiting.Taken, FagsystemState.Retired).Text.English.ShouldContain("The fagsystem is retired; a person must send them to another. Digital Post");
    }

    [Fact]
    public void It_is_an_authority_s_or_a_fagsystem_s()
    {
        (OfAuthority(Taken.Nothing).Authority, OfAuthority(Taken.Nothing).Fagsystem).ShouldBe(("90000001", null));
        (OfFagsystem(Taken.Nothing).Authority, OfFagsystem(Taken.Nothing).Fagsystem).ShouldBe((null, "esdh"));
    }

    private static DateTimeOffset DaysAgo(double days) => Now.AddMilliseconds(-Math.Round(days * 86_400_000));

    private static Countdown OfAuthority(Taken taken, DateTimeOffset? servedSince = null) => Countdown.OfAuthority("90000001", taken, servedSince, Now);

    private static Countdown OfFagsystem(Taken taken, FagsystemState state = FagsystemState.Active)
    {
        var fagsystem = Fagsystem.Register("esdh", "ESDH", "Sekretariatet", FagsystemKind.Inbox, null, [], [], DaysAgo(100));
        fagsystem.Change(fagsystem.Name, fagsystem.Owner, fagsystem.Kind, null, state, [], [], Now);
        return Countdown.OfFagsystem(fagsystem, taken, Now);
    }
}
