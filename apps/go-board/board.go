package main

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

const (
	mostCards = 500
	cardLasts = 30 * 24 * time.Hour
)

var (
	errFull   = errors.New("The board is full. Come back when some cards have gone.")
	errNoCard = errors.New("There is no such card, or this is not its key.")
)

// A Card is what somebody pinned to the board.
type Card struct {
	ID     string    `json:"id"`
	Title  string    `json:"title"`
	Text   string    `json:"text"`
	Kind   string    `json:"kind"`
	Pinned time.Time `json:"pinned"`
	// Whoever has the key may take the card off. It never leaves the server but to who pinned the card.
	Key string `json:"key,omitempty"`
	// A card that is not listed is read only by who knows its address.
	Listed bool `json:"listed"`
}

// Kinds of cards, in the order in which the form shows them.
var Kinds = []string{"offer", "search", "event"}

// Problems says what is wrong with a card, by field.
func (c Card) Problems() map[string]string {
	problems := map[string]string{}
	if n := utf8.RuneCountInString(c.Title); n == 0 || n > 60 {
		problems["title"] = "Give it a title of up to 60 letters."
	}
	if n := utf8.RuneCountInString(c.Text); n == 0 || n > 500 {
		problems["text"] = "Write something, up to 500 letters."
	}
	if !contains(Kinds, c.Kind) {
		problems["kind"] = "Choose what it is."
	}
	return problems
}

// A Board keeps cards in one file, which is replaced as a whole: a reader sees the old board or the new one.
type Board struct {
	file  string
	now   func() time.Time
	mutex sync.Mutex
	cards map[string]Card
}

// OpenBoard reads the file, or begins an empty board when there is none.
func OpenBoard(file string, now func() time.Time) (*Board, error) {
	board := &Board{file: file, now: now, cards: map[string]Card{}}
	text, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return board, board.save(board.cards)
	}
	if err != nil {
		return nil, err
	}
	return board, json.Unmarshal(text, &board.cards)
}

// Cards are those that are listed, the newest first.
func (b *Board) Cards() []Card {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	var listed []Card
	for _, card := range b.cards {
		if card.Listed && !b.isOver(card) {
			listed = append(listed, card)
		}
	}
	sort.Slice(listed, func(i, j int) bool { return listed[i].Pinned.After(listed[j].Pinned) })
	return listed
}

// Card finds one by its address.
func (b *Board) Card(id string) (Card, bool) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	card, found := b.cards[id]
	return card, found && !b.isOver(card)
}

// Pin adds a card, and gives it an address and a key.
func (b *Board) Pin(card Card) (Card, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	card.ID, card.Key, card.Pinned = random(6), random(16), b.now().UTC().Truncate(time.Second)
	kept := map[string]Card{card.ID: card}
	for id, other := range b.cards {
		if !b.isOver(other) {
			kept[id] = other
		}
	}
	if len(kept) > mostCards {
		return Card{}, errFull
	}
	return card, b.save(kept)
}

// TakeOff removes a card for who has its key.
func (b *Board) TakeOff(id, key string) error {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	card, found := b.cards[id]
	if !found || subtle.ConstantTimeCompare([]byte(card.Key), []byte(strings.TrimSpace(key))) != 1 {
		return errNoCard
	}
	kept := map[string]Card{}
	for other, card := range b.cards {
		if other != id {
			kept[other] = card
		}
	}
	return b.save(kept)
}

// Check says whether the file can be read and says the same.
func (b *Board) Check() error {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	text, err := os.ReadFile(b.file)
	if err != nil {
		return err
	}
	kept := map[string]Card{}
	if err := json.Unmarshal(text, &kept); err != nil {
		return err
	}
	if len(kept) != len(b.cards) {
		return errors.New("the file holds another board")
	}
	return nil
}

func (b *Board) isOver(card Card) bool { return b.now().Sub(card.Pinned) > cardLasts }

// save replaces the file first, and then what is known: a full disk changes nothing.
func (b *Board) save(cards map[string]Card) error {
	text, err := json.MarshalIndent(cards, "", " ")
	if err != nil {
		return err
	}
	draft, err := os.CreateTemp(filepath.Dir(b.file), ".board-*")
	if err != nil {
		return err
	}
	defer os.Remove(draft.Name())
	_, err = draft.Write(text)
	err = firstOf(err, draft.Sync(), draft.Close())
	if err == nil {
		err = os.Rename(draft.Name(), b.file)
	}
	if err == nil {
		b.cards = cards
	}
	return err
}

func firstOf(failures ...error) error {
	for _, failure := range failures {
		if failure != nil {
			return failure
		}
	}
	return nil
}

func random(bytes int) string {
	buffer := make([]byte, bytes)
	if _, err := rand.Read(buffer); err != nil {
		panic(err)
	}
	return hex.EncodeToString(buffer)
}

func contains(words []string, word string) bool {
	for _, other := range words {
		if other == word {
			return true
		}
	}
	return false
}
