/** Facts: named values that conditions read, each until it expires. */
package io.tasklane.fact;
