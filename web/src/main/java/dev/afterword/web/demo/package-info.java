/** The demo: a database, a mail catcher, a shop with a past and a tour, for somebody who has nothing but a JDK. Never part of real use. */
@NullMarked
package dev.afterword.web.demo;

import org.jspecify.annotations.NullMarked;
