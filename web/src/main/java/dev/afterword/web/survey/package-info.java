/** Surveys for staff: the list, the gallery, the editor, publishing and translations. Nobody imports it. */
@NullMarked
package dev.afterword.web.survey;

import org.jspecify.annotations.NullMarked;
