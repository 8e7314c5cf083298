/** Paths on this host: {@link io.jenkins.plugins.qemush.engine.path.PathParts} takes them apart. */
package io.jenkins.plugins.qemush.engine.path;
