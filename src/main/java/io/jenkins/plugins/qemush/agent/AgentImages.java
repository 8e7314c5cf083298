package io.jenkins.plugins.qemush.agent;

import hudson.model.TaskListener;
import java.io.IOException;

/** The images of one agent, seen from the controller. Every call is bounded in time. */
public final class AgentImages {
    private final BoundedCall calls;
    private final AgentFolders folders;

    AgentImages(BoundedCall calls, AgentFolders folders) {
        this.calls = calls;
        this.folders = folders;
    }

    /**
     * How an image lies on the agent.
     *
     * @param name how it is called in the agent's store
     */
    public ImageState state(ImageChoice image, String name) throws IOException, InterruptedException {
        return calls.call(new ImageCalls.AskState(image, name, folders), Agent.PAGE_PATIENCE);
    }

    /** Gets an image ready, before a block needs it. */
    public void prefetch(ImageChoice image, TaskListener log) throws IOException, InterruptedException {
        calls.call(new ImageCalls.Prefetch(image, folders, log), Agent.FETCH);
    }

    /** Hashes all files of an image in the agent's store; fails when one is damaged. */
    public void verify(String image, TaskListener log) throws IOException, InterruptedException {
        calls.call(new ImageCalls.Verify(image, folders, log), Agent.FETCH);
    }

    /** Removes an image from the agent's store. */
    public void remove(String image, TaskListener log) throws IOException, InterruptedException {
        calls.call(new ImageCalls.Remove(image, folders, log), Agent.FETCH);
    }
}
