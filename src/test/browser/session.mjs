// A browser that has logged in to a Jenkins, as JENKINS_AUTH says.
import { chromium } from "playwright-core";

export async function open(jenkins) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
  const session = await browser.newContext();
  const auth = process.env.JENKINS_AUTH;
  if (auth) {
    const page = await session.newPage();
    await page.goto(jenkins + "login");
    await page.fill("[name=j_username]", auth.slice(0, auth.indexOf(":")));
    await page.fill("[name=j_password]", auth.slice(auth.indexOf(":") + 1));
    await Promise.all([page.waitForNavigation(), page.click("[name=Submit]")]);
    await page.close();
  }
  return session;
}
