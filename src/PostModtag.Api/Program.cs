using PostModtag.Api;

var builder = PostModtagServer.CreateBuilder(args);

// A fagsystem of your own, in this process, takes the messages in the place of the indbakke (docs/extending.md):
// builder.Services.AddFagsystem<MyFagsystem>("my-fagsystem");

return await PostModtagServer.RunAsync(builder);
