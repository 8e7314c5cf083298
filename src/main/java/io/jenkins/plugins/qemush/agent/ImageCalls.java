package io.jenkins.plugins.qemush.agent;

import hudson.model.TaskListener;
import io.jenkins.plugins.qemush.engine.image.Progress;
import io.jenkins.plugins.qemush.engine.image.store.FileCheck;
import java.io.IOException;

/** What the page of the images asks of an agent. Images are known by their names in the agent's store. */
final class ImageCalls {
    private ImageCalls() {}

    record AskState(ImageChoice image, String name, AgentFolders folders) implements AgentCalls.Call<ImageState> {
        @Override
        public ImageState run() throws IOException {
            return image.state(folders.store(), name);
        }
    }

    record Prefetch(ImageChoice image, AgentFolders folders, TaskListener log) implements AgentCalls.Call<Void> {
        @Override
        public Void run() throws IOException, InterruptedException {
            image.ready(folders.store(), progress(log));
            return null;
        }
    }

    record Verify(String name, AgentFolders folders, TaskListener log) implements AgentCalls.Call<Void> {
        @Override
        public Void run() throws IOException, InterruptedException {
            for (FileCheck check : folders.store().verify(name, progress(log))) {
                if (check.damage().isPresent()) {
                    throw check.damage().get();
                }
            }
            return null;
        }
    }

    record Remove(String name, AgentFolders folders, TaskListener log) implements AgentCalls.Call<Void> {
        @Override
        public Void run() throws IOException, InterruptedException {
            folders.store().remove(name, progress(log));
            folders.states().discardOf(name);
            return null;
        }
    }

    private static Progress progress(TaskListener log) {
        return new ProgressLines(log.getLogger());
    }
}
