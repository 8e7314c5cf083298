package io.jenkins.plugins.qemush.agent;

import hudson.model.TaskListener;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.Progress;
import io.jenkins.plugins.qemush.engine.image.QemuShHome;
import io.jenkins.plugins.qemush.engine.image.store.FileCheck;
import io.jenkins.plugins.qemush.engine.image.store.ImageStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the page of the images asks of an agent. Images are known by their names in the agent's store. */
final class ImageCalls {
    private ImageCalls() {}

    record AskState(String name) implements AgentCalls.Call<ImageState> {
        @Override
        public ImageState run() throws IOException {
            if (!Files.isDirectory(store().root().resolve(name))) {
                return new ImageState(ImageState.Kind.ABSENT, 0, 0, "");
            }
            try {
                Image image = store().find(name);
                long bytes = image.manifest().files().values().stream()
                        .mapToLong(file -> file.size())
                        .sum();
                return new ImageState(ImageState.Kind.CACHED, bytes, verified(image), "");
            } catch (HostFailure e) {
                return new ImageState(ImageState.Kind.DAMAGED, 0, 0, e.getMessage());
            }
        }

        private static long verified(Image image) throws IOException {
            Path note = image.folder().resolve(".verified");
            return Files.exists(note) ? Files.getLastModifiedTime(note).toMillis() : 0;
        }
    }

    record Prefetch(ImageChoice image, TaskListener log) implements AgentCalls.Call<Void> {
        @Override
        public Void run() throws IOException, InterruptedException {
            image.ready(progress(log));
            return null;
        }
    }

    record Verify(String name, TaskListener log) implements AgentCalls.Call<Void> {
        @Override
        public Void run() throws IOException, InterruptedException {
            for (FileCheck check : store().verify(name, progress(log))) {
                if (check.damage().isPresent()) {
                    throw check.damage().get();
                }
            }
            return null;
        }
    }

    record Remove(String name, TaskListener log) implements AgentCalls.Call<Void> {
        @Override
        public Void run() throws IOException, InterruptedException {
            store().remove(name, progress(log));
            return null;
        }
    }

    private static Progress progress(TaskListener log) {
        return new ProgressLines(log.getLogger());
    }

    private static ImageStore store() {
        return new ImageStore(QemuShHome.images(System.getenv()));
    }
}
