package io.jenkins.plugins.qemush.management;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import hudson.ExtensionList;
import hudson.model.Slave;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.qemush.config.ConfiguredImage;
import io.jenkins.plugins.qemush.config.FilesLocation;
import io.jenkins.plugins.qemush.config.ImageLocation;
import io.jenkins.plugins.qemush.config.QemuShConfiguration;
import io.jenkins.plugins.qemush.config.StoredLocation;
import io.jenkins.plugins.qemush.engine.image.SampleImage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The page of the images on the nodes: what it shows of them, and work on them. */
@WithJenkins
class ImagesOnNodesTest {

    /** Java ends a connection that has less than half of that to come only when it has come. */
    private static final int DISK_SIZE = 1_000_000;

    @TempDir
    Path temp;

    private JenkinsRule jenkins;
    private JenkinsRule.WebClient browser;
    private Path folder;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        browser = rule.createWebClient().withJavaScriptEnabled(false).withThrowExceptionOnFailingStatusCode(false);
        folder = temp.resolve("offered");
        SampleImage.write(folder, "sample-page", "x86", DISK_SIZE);
    }

    @Test
    void imageIsFetchedVerifiedAndRemovedInTheBackground() throws Exception {
        configure(new StoredLocation(folder.toString()));
        assertThat(table()).contains("absent");

        post("prefetch", "");
        await().until(() -> table().contains("cached"));
        assertThat(table()).contains("verified");
        post("verify", "");
        awaitNoWork();
        assertThat(table()).contains("cached");
        post("remove", "");
        await().until(() -> table().contains("absent"));
    }

    @Test
    void damageIsTold() throws Exception {
        configure(new StoredLocation(folder.toString()));
        Files.write(folder.resolve("kernel"), new byte[SampleImage.KERNEL_SIZE]);

        post("prefetch", "");

        await().until(() -> table().contains("is damaged"));
    }

    @Test
    void filesOnTheNodeAreToldApartFromTheStores() throws Exception {
        configure(new FilesLocation(
                folder.resolve("kernel").toString(), folder.resolve("disk.img").toString()));
        assertThat(table()).contains("files on the node").doesNotContain("data-act=\"remove\"");
        configure(new FilesLocation(
                folder.resolve("missing").toString(), folder.resolve("disk.img").toString()));
        assertThat(table()).contains("does not exist");
    }

    @Test
    void cancelEndsADownloadOnItsNode() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        HttpServer server = serverThatNeverEnds(asked, gone);
        try {
            String place = "http://127.0.0.1:" + server.getAddress().getPort() + "/image.json";
            configure(new StoredLocation(place));
            post("prefetch", "");
            assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(table()).contains("data-act=\"cancel\"");

            post("cancel", "");

            await().until(() -> table().contains("Prefetch was cancelled."));
            assertThat(gone.await(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void nodeThatIsOfflineIsShownAndRefusesWork() throws Exception {
        configure(new StoredLocation(folder.toString()));
        Slave agent = jenkins.createOnlineSlave();
        assertThat(table()).contains(agent.getNodeName());

        agent.toComputer().disconnect(new OfflineCause.ByCLI("test")).get();

        assertThat(table()).contains("offline");
        assertThat(post("prefetch", agent.getNodeName())).isEqualTo(409);
    }

    @Test
    void nodeThatIsRemovedWhileItsRowIsShownIsAConflict() throws Exception {
        configure(new StoredLocation(folder.toString()));
        Slave agent = jenkins.createOnlineSlave();

        jenkins.jenkins.removeNode(agent);

        assertThat(post("prefetch", agent.getNodeName())).isEqualTo(409);
        assertThat(table()).doesNotContain(agent.getNodeName());
    }

    @Test
    void imageThatIsNoLongerConfiguredIsNotFound() throws Exception {
        QemuShConfiguration.get().setImages(List.of());
        assertThat(post("prefetch", "")).isEqualTo(404);
    }

    @Test
    void namesAreShownAsTexts() throws Exception {
        String attack = "<img src=x onerror=alert(1)>\"'";
        ConfiguredImage image = new ConfiguredImage(attack, "x86", new StoredLocation(folder.toString()));
        QemuShConfiguration.get().setImages(List.of(image));
        assertThat(browser.goTo("manage/qemu-sh/").getByXPath("//img[@src='x']"))
                .isEmpty();
        assertThat(browser.goTo("manage/qemu-sh/").asNormalizedText()).contains("<img src=x onerror=alert(1)>");
    }

    private void configure(ImageLocation location) {
        QemuShConfiguration.get().setImages(List.of(new ConfiguredImage("sample-page", "x86", location)));
    }

    private String table() throws Exception {
        return browser.goTo("manage/qemu-sh/tableNow").getWebResponse().getContentAsString();
    }

    private void awaitNoWork() {
        ImageWork work = ExtensionList.lookupSingleton(ImageWork.class);
        await().until(() -> !work.last("", "sample-page").orElseThrow().isRunning());
    }

    private int post(String act, String node) throws IOException {
        URL address = new URL(jenkins.getURL(), "manage/qemu-sh/" + act + "?node=" + node + "&image=sample-page");
        return browser.loadWebResponse(browser.addCrumb(new WebRequest(address, HttpMethod.POST)))
                .getStatusCode();
    }

    /** It has the manifest and the kernel, and drips the disk. */
    private HttpServer serverThatNeverEnds(CountDownLatch asked, CountDownLatch gone) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            byte[] content = Files.readAllBytes(
                    folder.resolve(exchange.getRequestURI().getPath().substring(1)));
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
        server.createContext("/disk.img", exchange -> {
            exchange.sendResponseHeaders(200, DISK_SIZE);
            asked.countDown();
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < DISK_SIZE; i++) {
                    out.write(0);
                    out.flush();
                    Thread.sleep(200);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                gone.countDown();
                throw e;
            }
        });
        server.start();
        return server;
    }
}
