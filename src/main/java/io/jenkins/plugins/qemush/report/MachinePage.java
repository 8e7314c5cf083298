package io.jenkins.plugins.qemush.report;

import hudson.Functions;
import hudson.model.Item;
import hudson.model.ModelObject;
import hudson.model.Run;
import io.jenkins.plugins.qemush.agent.Agent;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The page of one machine of a build. Made for one request: what it has read it reads once. */
public final class MachinePage implements ModelObject {
    private static final Logger LOGGER = Logger.getLogger(MachinePage.class.getName());

    private final Run<?, ?> run;
    private final String name;
    private final String directory;
    private final MachineFolder folder;
    private final MachineFacts facts;
    private final Optional<MachineEnd> end;
    private MachineTimeline timeline;

    /** @param directory the run directory on the node; null unless there is one */
    MachinePage(Run<?, ?> run, String name, String directory, MachineFolder folder) {
        this.run = run;
        this.name = name;
        this.directory = directory;
        this.folder = folder;
        this.facts = folder.facts();
        this.end = folder.end();
    }

    public Run<?, ?> getRun() {
        return run;
    }

    public String getName() {
        return name;
    }

    @Override
    public String getDisplayName() {
        return name;
    }

    public MachineFacts getFacts() {
        return facts;
    }

    public MachineState getState() {
        return MachineState.of(end, run.isBuilding(), directory != null);
    }

    public boolean isLive() {
        return end.isEmpty() && run.isBuilding();
    }

    /** What became of it, or what it does, in one sentence. */
    public String getSentence() {
        return end.map(MachineEnd::sentence)
                .filter(sentence -> !sentence.isEmpty())
                .orElse(getState().sentence());
    }

    /** The console around the verdict, or the next step; empty when there is none. */
    public String getHelp() {
        return end.map(MachineEnd::help).orElse("");
    }

    /** Whether {@link #getHelp} is the guest's console. */
    public boolean isHelpConsole() {
        return end.map(MachineEnd::guest).orElse(false);
    }

    /** QEMU's command line; empty until it runs. */
    public String getQemu() {
        return folder.qemu();
    }

    /** The commands of the reproduction, one a line. */
    public String getReproduction() {
        return String.join("\n", facts.reproduce());
    }

    public synchronized MachineTimeline getTimeline() {
        if (timeline == null) {
            timeline = MachineTimeline.of(TimelineEvent.parse(folder.moments()), events(), isLive());
        }
        return timeline;
    }

    private String events() {
        String kept = folder.events();
        if (!kept.isEmpty() || directory == null || !isLive()) {
            return kept;
        }
        try {
            return Agent.named(facts.node()).events(directory);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "no timeline from " + facts.node() + " now", e);
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** What the console viewer asks. */
    public ConsoleView getConsole() {
        return new ConsoleView(this::console, name + "-console.log", this::checkConsole);
    }

    private ConsoleText console() {
        if (isLive()) {
            return directory == null ? new NoConsole(true) : new LiveConsole(facts.node(), directory);
        }
        return new ArchivedConsole(run.getArtifactManager().root().child(MachinesAction.artifact(name)));
    }

    /** The console is an artifact, for whoever may see those. */
    public boolean isConsoleReadable() {
        return !Functions.isArtifactsPermissionEnabled() || run.hasPermission(Run.ARTIFACTS);
    }

    private void checkConsole() {
        run.checkPermission(Item.READ);
        if (Functions.isArtifactsPermissionEnabled()) {
            run.checkPermission(Run.ARTIFACTS);
        }
    }
}
