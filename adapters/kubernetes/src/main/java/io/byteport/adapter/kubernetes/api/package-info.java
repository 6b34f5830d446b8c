/**
 * The thin transport: one client for each cluster, requests with a time limit, failures that say
 * whether something may have changed.
 */
@NullMarked
package io.byteport.adapter.kubernetes.api;

import org.jspecify.annotations.NullMarked;
