#ifndef LIGNES_H
#define LIGNES_H
#include <QString>
#include <functional>

/** Appelle ligne à chaque ligne tapée, sans sa fin de ligne, puis fin une fois (Ctrl+D, ou fin du tube). */
void lireLignes(std::function<void(const QString &)> ligne, std::function<void()> fin);
#endif // LIGNES_H
