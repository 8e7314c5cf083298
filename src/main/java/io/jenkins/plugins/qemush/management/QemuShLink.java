package io.jenkins.plugins.qemush.management;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import io.jenkins.plugins.qemush.config.ConfiguredImage;
import io.jenkins.plugins.qemush.config.QemuShConfiguration;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.testboot.TestBootPage;
import io.jenkins.plugins.qemush.testboot.TestBoots;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.POST;

/**
 * The page of the images on the nodes. Whoever may read the system's configuration sees it, administrators act; all that
 * takes time is done in the background.
 */
@Extension
public class QemuShLink extends ManagementLink implements StaplerProxy {
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    @Override
    public String getIconFileName() {
        return "symbol-server";
    }

    @Override
    public String getDisplayName() {
        return Messages.QemuShLink_title();
    }

    @Override
    public String getDescription() {
        return Messages.QemuShLink_description();
    }

    @Override
    public String getUrlName() {
        return "qemu-sh";
    }

    @Override
    public Permission getRequiredPermission() {
        return Jenkins.SYSTEM_READ;
    }

    @Override
    public Category getCategory() {
        return Category.CONFIGURATION;
    }

    /** Nothing below this address answers anybody else. */
    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(Jenkins.SYSTEM_READ);
        return this;
    }

    /** The images of the configuration, for the view. */
    public List<ConfiguredImage> getImages() {
        return QemuShConfiguration.get().getImages();
    }

    /** An image on all nodes. */
    public List<ImageCell> cells(ConfiguredImage image) {
        return NodeRow.all().stream()
                .map(node -> ImageCell.of(node, image, work().last(node.name(), image.getName())))
                .toList();
    }

    public boolean isAdministrator() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }

    /** Something to do with an image on a node. */
    @FunctionalInterface
    private interface Act {
        void on(String node, ConfiguredImage image) throws HostFailure;
    }

    @POST
    public void doPrefetch(
            StaplerRequest2 request,
            StaplerResponse2 response,
            @QueryParameter String node,
            @QueryParameter String image)
            throws IOException {
        act(response, node, image, (where, what) -> work().prefetch(where, what.getName(), what.choice()));
    }

    @POST
    public void doVerify(
            StaplerRequest2 request,
            StaplerResponse2 response,
            @QueryParameter String node,
            @QueryParameter String image)
            throws IOException {
        act(response, node, image, (where, what) -> work().verify(where, what.getName()));
    }

    @POST
    public void doRemove(
            StaplerRequest2 request,
            StaplerResponse2 response,
            @QueryParameter String node,
            @QueryParameter String image)
            throws IOException {
        act(response, node, image, (where, what) -> work().remove(where, what.getName()));
    }

    /** Answers with the page of the boot, relative to this one. */
    @POST
    public void doTestBoot(
            StaplerRequest2 request,
            StaplerResponse2 response,
            @QueryParameter String node,
            @QueryParameter String image)
            throws IOException {
        act(response, node, image, (where, what) -> {
            String page = "boot/" + TestBoots.get().start(where, what) + "/";
            response.setHeader("Location", page);
        });
    }

    /** The page of a test boot, for Stapler; null when nobody remembers it. */
    public TestBootPage getBoot(String id) {
        return TestBoots.get().page(id);
    }

    @POST
    public void doCancel(
            StaplerRequest2 request,
            StaplerResponse2 response,
            @QueryParameter String node,
            @QueryParameter String image)
            throws IOException {
        act(response, node, image, (where, what) -> work().cancel(where, what.getName()));
    }

    private void act(StaplerResponse2 response, String node, String image, Act act) throws IOException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        Optional<ConfiguredImage> known = getImages().stream()
                .filter(configured -> configured.getName().equals(image))
                .findFirst();
        if (known.isEmpty()) {
            response.sendError(NOT_FOUND, Messages.QemuShLink_noImage());
            return;
        }
        try {
            act.on(node, known.get());
            response.setStatus(204);
        } catch (HostFailure e) {
            response.sendError(CONFLICT, e.getMessage());
        }
    }

    private static ImageWork work() {
        return ExtensionList.lookupSingleton(ImageWork.class);
    }
}
