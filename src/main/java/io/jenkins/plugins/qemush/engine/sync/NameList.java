package io.jenkins.plugins.qemush.engine.sync;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** Names for {@code xargs -0}. */
final class NameList {

    private NameList() {}

    static byte[] of(Collection<String> names) {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        for (String name : names) {
            list.writeBytes(("./" + name + '\0').getBytes(StandardCharsets.ISO_8859_1));
        }
        return list.toByteArray();
    }
}
