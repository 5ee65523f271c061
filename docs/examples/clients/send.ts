import { openAsBlob } from "node:fs";
import { Configuration, PostModtagApi } from "./postmodtag";

const [endpoint, file] = process.argv.slice(2);

async function send(): Promise<void> {
  const postModtag = new PostModtagApi(new Configuration({
    basePath: endpoint,
    headers: { Accept: "application/json" }, // Without it the receipt is XML, which the generated client cannot read.
    fetchApi: fetch,
  }));
  try {
    const memo = await openAsBlob(file, { type: "application/xml" });
    const receipt = await postModtag.receiveMessage({ body: memo, xTransaktionsId: crypto.randomUUID() });
    console.log(receipt.receiptStatus, receipt.errorCode);
  } catch (answer) {
    // No receipt: a problem (4xx), or send the same message again (408, 429, 503).
    if (!(answer instanceof Response))
      throw answer;
    console.log(answer.status, (await answer.json()).code);
  }
}

void send();
