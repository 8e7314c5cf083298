// Boots an image on a node from the management page of a running Jenkins, twice: to the verdict, which must have a text of
// its own, and then leaving the page, which must end the boot.
//
//   node src/test/browser/test-boot.mjs http://127.0.0.1:8080/ NODE IMAGE "It boots, and runs commands"
import { open } from "./session.mjs";

const [jenkins, node, image, expected] = process.argv.slice(2);
const session = await open(jenkins);

async function start(page) {
  await page.goto(jenkins + "manage/qemu-sh/");
  await page.click(`button[data-act=testBoot][data-node="${node}"][data-image="${image}"]`);
  await page.waitForURL(/\/boot\//);
  await page.waitForSelector(".qemush-boot__stop");
}

async function verdict(page) {
  await page.waitForFunction(() => !document.querySelector(".qemush-boot [data-live='true']"), null, { timeout: 300000 });
  return page.locator(".qemush-verdict > span:last-child").innerText();
}

function require(condition, text) {
  if (!condition) {
    console.error("test boot: " + text);
    process.exit(1);
  }
}

const page = await session.newPage();
await start(page);
const end = await verdict(page);
require(end.includes(expected), "the verdict is: " + end);
// The viewer asks for what came last at most five seconds later.
await page.waitForSelector(".qemush-console__line[data-line='20']", { timeout: 10000 });
require((await page.locator(".qemush-chart__bar").count()) > 3, "there is no timeline");

await start(page);
const address = page.url();
await page.goto(jenkins + "manage/qemu-sh/");
await page.goto("about:blank");
const observer = await session.newPage();
// Whoever only looks does not keep it going.
await observer.route("**/alive", (route) => route.abort());
await observer.goto(address);
// A boot that is over before anybody notices has its verdict.
const left = await verdict(observer);
require(left === "The test boot was ended." || left === end, "after leaving its page the verdict is: " + left);
await session.browser().close();
console.log("test boot of " + image + " on " + node + ": " + end);
