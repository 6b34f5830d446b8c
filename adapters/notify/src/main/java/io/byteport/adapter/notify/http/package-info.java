/** How channels speak HTTP: once, with a limit for everything, and never to another host. */
@NullMarked
package io.byteport.adapter.notify.http;

import org.jspecify.annotations.NullMarked;
