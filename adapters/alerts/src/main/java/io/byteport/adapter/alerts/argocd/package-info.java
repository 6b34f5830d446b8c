/** Applications of Argo CD that failed or are degraded. */
@NullMarked
package io.byteport.adapter.alerts.argocd;

import org.jspecify.annotations.NullMarked;
