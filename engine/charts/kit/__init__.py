"""What the charts share: the picture to draw, themes, scales, axes, answers, series and bars."""
