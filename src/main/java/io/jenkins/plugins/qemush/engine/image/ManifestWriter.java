package io.jenkins.plugins.qemush.engine.image;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.ImageFile;
import io.jenkins.plugins.qemush.engine.machine.MachineOverrides;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes {@code image.json} as {@link ManifestReader} reads it. */
final class ManifestWriter {
    private final JsonWriter json;

    private ManifestWriter(JsonWriter json) {
        this.json = json;
        json.setFormattingStyle(FormattingStyle.PRETTY);
        json.setHtmlSafe(false);
    }

    static String write(ImageManifest manifest) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            new ManifestWriter(json).manifest(manifest);
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be written", e);
        }
        return text + "\n";
    }

    private void manifest(ImageManifest manifest) throws IOException {
        json.beginObject();
        json.name("name").value(manifest.name());
        json.name("arch").value(manifest.arch());
        files(manifest);
        json.name("user").value(manifest.user());
        json.name("console").beginObject();
        json.name("login").value(manifest.console().login());
        json.name("prompt").value(manifest.console().prompt());
        json.endObject();
        texts("keyPaths", manifest.keyPaths().stream().map(Words::of).toList());
        optional("hostKey", manifest.hostKey());
        if (!manifest.machine().equals(MachineOverrides.NONE)) {
            overrides(manifest.machine());
        }
        json.name("source").value(manifest.source());
        if (!manifest.packages().isEmpty()) {
            texts("packages", manifest.packages());
        }
        json.endObject();
    }

    private void files(ImageManifest manifest) throws IOException {
        json.name("files").beginObject();
        for (Map.Entry<String, ImageFile> entry : manifest.files().entrySet()) {
            ImageFile file = entry.getValue();
            json.name(entry.getKey()).beginObject();
            json.name("path").value(file.path());
            optional("sha256", file.sha256());
            json.name("size").value(file.size());
            if (entry.getKey().equals("disk")) {
                json.name("format").value(manifest.disk().format());
            }
            json.endObject();
        }
        json.endObject();
    }

    private void overrides(MachineOverrides machine) throws IOException {
        json.name("machine").beginObject();
        optional("machine", machine.machine());
        optional("cpu", machine.cpu());
        optional("console", machine.console());
        optional("bus", machine.bus().map(Words::of));
        optional("disk", machine.disk().map(Words::of));
        optional("net", machine.net());
        optional("root", machine.root());
        optionalNumber("memory", machine.memory());
        optionalNumber("maxMemory", machine.maxMemory());
        optionalNumber("smp", machine.smp());
        optional("kernelArguments", machine.kernelArguments());
        if (!machine.qemuArguments().isEmpty()) {
            texts("qemuArguments", machine.qemuArguments());
        }
        json.endObject();
    }

    private void optional(String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.name(name).value(value.get());
        }
    }

    private void optionalNumber(String name, Optional<Integer> value) throws IOException {
        if (value.isPresent()) {
            json.name(name).value(value.get());
        }
    }

    private void texts(String name, List<String> values) throws IOException {
        json.name(name).beginArray();
        for (String value : values) {
            json.value(value);
        }
        json.endArray();
    }
}
