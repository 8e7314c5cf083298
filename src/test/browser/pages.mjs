// Opens pages of a running Jenkins in Chromium and fails when one shows an error, violates the content security policy or
// runs what a guest or a job wrote. Start Jenkins with -Djenkins.security.csp.CspHeader.headerName=Content-Security-Policy.
//
//   npm install playwright-core
//   export JENKINS_AUTH=admin:password      where one has to log in
//   node src/test/browser/pages.mjs http://127.0.0.1:8080/ job/matrix/1/qemu-sh/ job/matrix/1/qemu-sh/aarch64/log
import { open } from "./session.mjs";

const [jenkins, ...pages] = process.argv.slice(2);
const session = await open(jenkins);
const problems = [];
for (const address of pages) {
  for (const width of [360, 1280, 2560]) {
    const page = await session.newPage();
    await page.setViewportSize({ width, height: 900 });
    const complain = (text) => problems.push(`${address} at ${width}: ${text}`);
    page.on("pageerror", (error) => complain(error.message));
    page.on("dialog", (dialog) => {
      complain("ran: " + dialog.message());
      dialog.dismiss();
    });
    page.on("console", (message) => {
      // Jenkins itself looks for its update site.
      if (message.type() === "error" && !message.text().includes("ERR_NAME_NOT_RESOLVED")) {
        complain(message.text());
      }
    });
    const answer = await page.goto(jenkins + address, { waitUntil: "load" });
    if (!answer.ok()) {
      complain("HTTP " + answer.status());
    }
    await page.waitForTimeout(1500);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wide > 1) {
      complain("is " + wide + " pixels wider than the window");
    }
    await page.close();
  }
}
await session.browser().close();
problems.forEach((problem) => console.error(problem));
console.log(pages.length + " pages, " + problems.length + " problems");
process.exit(problems.length === 0 ? 0 : 1);
