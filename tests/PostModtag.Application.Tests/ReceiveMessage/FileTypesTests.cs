using PostModtag.Application.ReceiveMessage;

namespace PostModtag.Application.Tests.ReceiveMessage;

public sealed class FileTypesTests
{
    [Theory]
    [InlineData("application/pdf")]
    [InlineData("Application/PDF")]
    [InlineData("text/plain; charset=utf-8")]
    [InlineData(" text/html ")]
    [InlineData("application/xml")]
    [InlineData("image/tiff")]
    [InlineData("audio/mpeg")]
    [InlineData("video/mp4")]
    [InlineData("text/calendar")]
    [InlineData("application/msword")]
    [InlineData("application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("application/vnd.ms-excel.sheet.macroEnabled.12")]
    [InlineData("application/vnd.oasis.opendocument.text")]
    public void The_default_allows_office_text_HTML_XML_images_sound_film_and_calendar(string type) =>
        new FileTypes(FileTypes.Default).Allows(type).ShouldBeTrue();

    [Theory]
    [InlineData("application/x-msdownload")]
    [InlineData("application/octet-stream")]
    [InlineData("application/pdfx")]
    [InlineData("application/")]
    [InlineData("image/")]
    [InlineData("image")]
    [InlineData("")]
    [InlineData("*/*")]
    public void The_default_does_not_allow_programs_or_what_is_no_type(string type) =>
        new FileTypes(FileTypes.Default).Allows(type).ShouldBeFalse();

    [Fact]
    public void A_list_of_ones_own_takes_the_place_of_the_default()
    {
        var types = new FileTypes(["application/zip", "model/*"]);
        types.Allows("application/zip").ShouldBeTrue();
        types.Allows("model/gltf+json").ShouldBeTrue();
        types.Allows("application/pdf").ShouldBeFalse();
    }
}
