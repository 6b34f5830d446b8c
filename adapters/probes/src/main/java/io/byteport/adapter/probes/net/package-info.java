/** What all probes need: time limits on blocking calls, and text from outside made fit to print. */
@NullMarked
package io.byteport.adapter.probes.net;

import org.jspecify.annotations.NullMarked;
