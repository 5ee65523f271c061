using Acme.Modtag;
using PostModtag.Api;
using PostModtag.Application;

var builder = PostModtagServer.CreateBuilder(args);
builder.Services.AddSingleton<JournalFolder>();

// Rules name it by its key. Registered last, it also takes the messages of authorities that have no rules.
builder.Services.AddFagsystem<Journal>("journal");

return await PostModtagServer.RunAsync(builder);
