using AutoMapper;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Server;

public sealed class MappingTests
{
    [Fact]
    public async Task Every_member_of_the_contract_is_mapped()
    {
        await using var server = await TestServer.StartAsync();
        server.Services.GetRequiredService<IMapper>().ConfigurationProvider.AssertConfigurationIsValid();
    }
}
