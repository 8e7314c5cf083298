/**
 * Runs the Pipelines of {@code examples} in a Jenkins that is there, over its HTTP interface, and checks what they come to.
 *
 * <p>Start at {@link io.jenkins.plugins.qemush.acceptance.Acceptance}; {@code script/acceptance} calls it.
 */
package io.jenkins.plugins.qemush.acceptance;
