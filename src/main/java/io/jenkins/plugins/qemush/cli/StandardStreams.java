package io.jenkins.plugins.qemush.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;

/** This process' own streams, byte for byte: no buffering, no character set. */
final class StandardStreams {
    private StandardStreams() {}

    static InputStream input() {
        return new FileInputStream(FileDescriptor.in);
    }

    static OutputStream output() {
        return new FileOutputStream(FileDescriptor.out);
    }

    static OutputStream error() {
        return new FileOutputStream(FileDescriptor.err);
    }
}
