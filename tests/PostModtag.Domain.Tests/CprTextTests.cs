using PostModtag.Domain.Messages;

namespace PostModtag.Domain.Tests;

/// <summary>Whatever could be a CPR number is masked, and nothing else.</summary>
public sealed class CprTextTests
{
    [Theory]
    [InlineData("0101901234", "010190-xxxx")]
    [InlineData("010190-1234", "010190-xxxx")]
    [InlineData("010190 1234", "010190-xxxx")]
    [InlineData("010190–1234", "010190-xxxx")]
    [InlineData("Ida (0101901234) og Ove (020290-4321)", "Ida (010190-xxxx) og Ove (020290-xxxx)")]
    [InlineData("CPR0101901234.", "CPR010190-xxxx.")]
    [InlineData("12345678", "12345678")]
    [InlineData("5790000000012", "5790000000012")]
    [InlineData("a0000000-0000-4000-8000-000000000001", "a0000000-0000-4000-8000-000000000001")]
    [InlineData("2026-11-26T04:43:34.422Z", "2026-11-26T04:43:34.422Z")]
    [InlineData("", "")]
    public void It_is_masked(string text, string masked)
    {
        CprText.Mask(text).ShouldBe(masked);
        CprText.IsIn(text).ShouldBe(text != masked);
    }

    [Fact]
    public void One_that_is_shown_has_its_hyphen() => CprText.Write("0101901234").ShouldBe("010190-1234");
}
