package io.jenkins.plugins.qemush.testboot;

import hudson.model.ModelObject;
import io.jenkins.plugins.qemush.report.ConsoleView;
import io.jenkins.plugins.qemush.report.MachineEnd;
import io.jenkins.plugins.qemush.report.MachineState;
import io.jenkins.plugins.qemush.report.MachineTimeline;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.POST;

/** The page of a test boot. Whoever may read the system's configuration sees it; an administrator's page keeps it going. */
public final class TestBootPage implements ModelObject {
    private static final int NO_CONTENT = 204;

    private final TestBoot boot;

    TestBootPage(TestBoot boot) {
        this.boot = boot;
    }

    @Override
    public String getDisplayName() {
        return getImage();
    }

    public String getImage() {
        return boot.image();
    }

    public String getNode() {
        return boot.title();
    }

    public boolean isLive() {
        return boot.end().isEmpty();
    }

    public boolean isAdministrator() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }

    public MachineState getState() {
        return MachineState.of(boot.end(), isLive(), boot.isStarted());
    }

    /** What became of it, or what it does, in one sentence. */
    public String getSentence() {
        return boot.end().map(this::sentence).orElseGet(boot::progress);
    }

    private String sentence(MachineEnd end) {
        return switch (end.kind()) {
            case PASSED -> Messages.TestBootPage_passed(boot.kernel());
            case ABORTED -> Messages.TestBootPage_ended();
            default -> end.sentence();
        };
    }

    /** The console around the verdict, or the next step; empty when there is none. */
    public String getHelp() {
        return boot.end().map(MachineEnd::help).orElse("");
    }

    /** Whether {@link #getHelp} is the guest's console. */
    public boolean isHelpConsole() {
        return boot.end().map(MachineEnd::guest).orElse(false);
    }

    public MachineTimeline getTimeline() throws InterruptedException {
        return boot.timeline();
    }

    /** What the console viewer asks. */
    public ConsoleView getConsole() {
        return new ConsoleView(boot::console, boot.image() + "-console.log", () -> Jenkins.get()
                .checkPermission(Jenkins.SYSTEM_READ));
    }

    /** The page is still there. */
    @POST
    public void doAlive(StaplerRequest2 request, StaplerResponse2 response) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        boot.lease().renew();
        response.setStatus(NO_CONTENT);
    }

    /** The page is left. */
    @POST
    public void doLeft(StaplerRequest2 request, StaplerResponse2 response) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        boot.lease().shorten();
        response.setStatus(NO_CONTENT);
    }

    /** No more of it. */
    @POST
    public void doStop(StaplerRequest2 request, StaplerResponse2 response) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        boot.stop();
        response.setStatus(NO_CONTENT);
    }
}
