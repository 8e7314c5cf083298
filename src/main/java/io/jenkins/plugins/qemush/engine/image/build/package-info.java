/**
 * Images that are built on this host, by the Debian builder that travels in the jar ({@code images/debian}).
 *
 * <p>Start at {@link io.jenkins.plugins.qemush.engine.image.build.ImageBuild}.
 */
package io.jenkins.plugins.qemush.engine.image.build;
