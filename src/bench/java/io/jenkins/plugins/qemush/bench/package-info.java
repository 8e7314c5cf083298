/**
 * The benchmark behind {@code script/bench}: start at {@link io.jenkins.plugins.qemush.bench.Bench}. Not part of the product.
 */
package io.jenkins.plugins.qemush.bench;
